import Bytes
import Pipeline

/// A metric with its samples, in Prometheus' text format.
struct MetricFamily {
  enum Kind: String {
    case counter
    case gauge
  }

  struct Sample {
    let value: String
    let labels: KeyValuePairs<String, String>

    init(_ value: Int, _ labels: KeyValuePairs<String, String> = [:]) {
      self.value = String(value)
      self.labels = labels
    }

    init(_ value: Double, _ labels: KeyValuePairs<String, String> = [:]) {
      self.value = value.description
      self.labels = labels
    }
  }

  private let name: String
  private let kind: Kind
  private let help: String
  private let samples: [Sample]

  init(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
    self.name = name
    self.kind = kind
    self.help = help
    self.samples = samples
  }

  /// Nothing where there are no samples.
  var text: String {
    if samples.isEmpty { return "" }
    var text = "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    for sample in samples {
      let labels = sample.labels.map { "\($0.key)=\"\(MetricFamily.escaped($0.value))\"" }
      text += name + (labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}")
      text += " \(sample.value)\n"
    }
    return text
  }

  /// A value of a label: backslashes, quotes and line feeds are written out.
  private static func escaped(_ value: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": escaped.append(contentsOf: "\\\\".unicodeScalars)
      case "\"": escaped.append(contentsOf: "\\\"".unicodeScalars)
      case "\n": escaped.append(contentsOf: "\\n".unicodeScalars)
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }
}
