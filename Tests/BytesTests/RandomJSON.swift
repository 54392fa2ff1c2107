import Bytes
import TestSupport

extension Seed {
  /// A value of any kind, nested at most `depth` levels.
  mutating func json(depth: Int = 4) -> JSONValue {
    switch below(depth > 0 ? 8 : 6) {
    case 0: return .null
    case 1: return .bool(oneIn(2))
    case 2: return .int(Int64(truncatingIfNeeded: next()))
    case 3: return .int(Int64(below(200)) - 100)
    case 4: return .double(double())
    case 5: return .string(string())
    case 6: return .array((0..<below(5)).map { _ in json(depth: depth - 1) })
    default:
      return .object(JSONObject((0..<below(5)).map { _ in (string(), json(depth: depth - 1)) }))
    }
  }

  /// Any double that JSON can say.
  private mutating func double() -> Double {
    let value = oneIn(2) ? Double(bitPattern: next()) : Double(below(2000)) / 16 - 50
    return value.isFinite ? value : 0.5
  }

  /// Letters, what must be escaped, and scalars of every length.
  mutating func string() -> String {
    var string = String.UnicodeScalarView()
    for _ in 0..<below(12) {
      switch below(5) {
      case 0: string.append(Unicode.Scalar(UInt8(below(0x20))))
      case 1: string.append(oneIn(2) ? "\"" : "\\")
      case 2: string.append(Unicode.Scalar(UInt32(below(0x110000))) ?? "\u{FFFD}")
      default: string.append(Unicode.Scalar(UInt8(0x61 + below(26))))
      }
    }
    return String(string)
  }
}
