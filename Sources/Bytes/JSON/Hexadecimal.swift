/// Numbers as text, each with all of its digits.
public enum Hexadecimal {
  public static func text(of numbers: [some FixedWidthInteger]) -> String {
    numbers.map { number in
      let digits = String(number, radix: 16)
      return String(repeating: "0", count: number.bitWidth / 4 - digits.utf8.count) + digits
    }.joined()
  }

  /// - Parameter count: How many there must be; nil for any number.
  /// - Returns: Nil for what is no text of so many numbers.
  public static func numbers<Number: FixedWidthInteger>(_ value: JSONValue, count: Int?)
    -> [Number]?
  {
    guard let digits = value.string.map({ Array($0.utf8) }) else { return nil }
    let width = Number.bitWidth / 4
    guard digits.count % width == 0, count.map({ digits.count == $0 * width }) ?? true else {
      return nil
    }
    let numbers = stride(from: 0, to: digits.count, by: width).compactMap { start in
      Number(String(decoding: digits[start..<start + width], as: UTF8.self), radix: 16)
    }
    return numbers.count == digits.count / width ? numbers : nil
  }
}
