/// Formats a number for people, with `places` digits after the decimal point.
public func fixed(_ value: Double, _ places: Int) -> String {
  var scale = 1
  for _ in 0..<places { scale *= 10 }
  guard value.isFinite, abs(value) < 1e15 else { return "–" }
  let scaled = Int((value * Double(scale)).rounded())
  if places == 0 { return grouped(scaled) }
  let fraction = String(abs(scaled) % scale)
  let sign = scaled < 0 ? "-" : ""
  return "\(sign)\(abs(scaled) / scale)."
    + String(repeating: "0", count: places - fraction.count) + fraction
}

/// A count for people, with its thousands apart: `1,358`.
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
