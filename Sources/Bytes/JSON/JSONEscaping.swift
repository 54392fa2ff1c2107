extension [UInt8] {
  /// Appends what stands between the quotation marks of a JSON string.
  ///
  /// Eight bytes are looked at and copied at a time, so that text costs little more than a copy of it.
  mutating func append(escaping text: Span<UInt8>) {
    var start = 0
    while start < text.count {
      let chunk = text.extracting(start..<Swift.min(start + JSONEscape.chunkCount, text.count))
      start += chunk.count
      let size = chunk.count * JSONEscape.mostBytes + JSONEscape.wordCount
      if capacity - count < size { reserveCapacity(Swift.max(count + size, count * 2)) }
      append(addingCapacity: size) { JSONEscape.copy(chunk, to: &$0) }
    }
  }
}

/// How JSON strings hold a byte that they cannot hold as it is (RFC 8259, section 7).
private enum JSONEscape {
  /// Memory is reserved for so many bytes of text at once.
  static let chunkCount = 4096
  /// `\u001f`
  static let mostBytes = 6
  static let wordCount = MemoryLayout<UInt64>.size

  /// Copies text, escaping what must be escaped.
  /// - Parameter out: Has room for `mostBytes` for each byte, and `wordCount` more.
  static func copy(_ text: Span<UInt8>, to out: inout OutputSpan<UInt8>) {
    var index = 0
    while index + wordCount <= text.count {
      let word = text.eightBytes(at: index)
      let found = word.bytesToEscape
      if found == 0 {
        out.append(eightBytes: word, count: wordCount)
        index += wordCount
      } else {
        let clean = found.trailingZeroBitCount / 8
        out.append(eightBytes: word, count: clean)
        write(text[index + clean], to: &out)
        index += clean + 1
      }
    }
    while index < text.count {
      let byte = text[index]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        write(byte, to: &out)
      } else {
        out.append(byte)
      }
      index += 1
    }
  }

  private static func write(_ byte: UInt8, to out: inout OutputSpan<UInt8>) {
    out.append(UInt8(ascii: "\\"))
    let short: UInt8? =
      switch byte {
      case UInt8(ascii: "\n"): UInt8(ascii: "n")
      case UInt8(ascii: "\r"): UInt8(ascii: "r")
      case UInt8(ascii: "\t"): UInt8(ascii: "t")
      case 0x20...: byte
      default: nil
      }
    if let short { return out.append(short) }
    out.append(UInt8(ascii: "u"))
    out.append(UInt8(ascii: "0"))
    out.append(UInt8(ascii: "0"))
    out.append(UInt8(ascii: "0") + byte >> 4)
    let low = byte & 0xF
    out.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
  }
}

extension UInt64 {
  /// The lowest bit that is set stands in the first of eight bytes of text, the lowest one first, that must be
  /// escaped: a quotation mark, a backslash or a control character. None is set where no byte must.
  ///
  /// Subtracting from all bytes at once borrows only from bytes above one that is found (H. S. Warren,
  /// Hacker's Delight, section 6-1).
  fileprivate var bytesToEscape: UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotationMarks = self ^ (ones &* UInt64(UInt8(ascii: "\"")))
    let backslashes = self ^ (ones &* UInt64(UInt8(ascii: "\\")))
    let controls = (self &- (ones &* 0x20)) & ~self
    return
      (controls
      | ((quotationMarks &- ones) & ~quotationMarks)
      | ((backslashes &- ones) & ~backslashes)) & (ones << 7)
  }
}
