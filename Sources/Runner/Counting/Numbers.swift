import Bytes

/// A count of things: `1 document`, `1,358 documents`.
public func counted(_ value: Int, _ name: String) -> String {
  "\(grouped(value)) \(name)\(value == 1 ? "" : "s")"
}

/// A size in decimal units: `184 MB`.
func sizeText(_ bytes: Double) -> String {
  let units = ["B", "kB", "MB", "GB", "TB"]
  var value = bytes
  var unit = 0
  while value >= 1000, unit < units.count - 1 {
    value /= 1000
    unit += 1
  }
  return "\(fixed(value, value < 10 && unit > 0 ? 1 : 0)) \(units[unit])"
}

/// Seconds as `0:07`, `12:30` or `3:05:00`.
func durationText(_ seconds: Double) -> String {
  let total = Int(min(seconds, 1e9))
  let padded = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
  let (hours, minutes) = (total / 3600, total / 60 % 60)
  return hours > 0
    ? "\(hours):\(padded(minutes)):\(padded(total % 60))" : "\(minutes):\(padded(total % 60))"
}
