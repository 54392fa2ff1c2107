/// A number with that many places behind the point.
public func fixed(_ value: Double, _ places: Int) -> String {
  var scale = 1
  for _ in 0..<places { scale *= 10 }
  guard value.isFinite, abs(value) < 1e15 else { return "–" }
  let scaled = Int((value * Double(scale)).rounded())
  if places == 0 { return grouped(scaled) }
  let fraction = String(scaled % scale)
  return "\(scaled / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
}

/// A count with its thousands apart: `1,358`.
public func grouped(_ value: Int) -> String {
  let digits = String(value)
  var text = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0, digits[digits.startIndex] != "-" || index > 1 {
      text += ","
    }
    text.append(digit)
  }
  return text
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
