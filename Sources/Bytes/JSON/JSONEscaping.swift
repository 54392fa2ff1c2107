extension [UInt8] {
  /// Appends what stands between the quotation marks of a JSON string.
  ///
  /// Eight bytes are looked at and copied at a time, so that text costs little more than a copy of it.
  mutating func append(escaping text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    while start < text.count {
      let chunk = UnsafeBufferPointer(
        rebasing: text[start..<Swift.min(start + JSONEscape.chunkCount, text.count)])
      start += chunk.count
      let size = chunk.count * JSONEscape.mostBytes + JSONEscape.wordCount
      if capacity - count < size { reserveCapacity(Swift.max(count + size, count * 2)) }
      append(addingCapacity: size) { (free: inout OutputSpan<UInt8>) in
        free.withUnsafeMutableBufferPointer { storage, initialized in
          let out = UnsafeMutableBufferPointer(rebasing: storage[initialized...])
          initialized += JSONEscape.copy(
            UnsafeRawBufferPointer(chunk), to: UnsafeMutableRawBufferPointer(out))
        }
      }
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
  /// - Returns: How many bytes were written.
  static func copy(
    _ text: UnsafeRawBufferPointer, to out: UnsafeMutableRawBufferPointer
  ) -> Int {
    var written = 0
    var index = 0
    while index + wordCount <= text.count {
      let word = text.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      out.storeBytes(of: word, toByteOffset: written, as: UInt64.self)
      let found = UInt64(littleEndian: word).bytesToEscape
      if found == 0 {
        index += wordCount
        written += wordCount
      } else {
        // Those before it stand there already.
        let clean = found.trailingZeroBitCount / 8
        written += clean
        write(text[index + clean], to: out, &written)
        index += clean + 1
      }
    }
    while index < text.count {
      let byte = text[index]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        write(byte, to: out, &written)
      } else {
        out[written] = byte
        written += 1
      }
      index += 1
    }
    return written
  }

  private static func write(
    _ byte: UInt8, to out: UnsafeMutableRawBufferPointer, _ written: inout Int
  ) {
    out[written] = UInt8(ascii: "\\")
    let short: UInt8? =
      switch byte {
      case UInt8(ascii: "\n"): UInt8(ascii: "n")
      case UInt8(ascii: "\r"): UInt8(ascii: "r")
      case UInt8(ascii: "\t"): UInt8(ascii: "t")
      case 0x20...: byte
      default: nil
      }
    if let short {
      out[written + 1] = short
      written += 2
      return
    }
    out[written + 1] = UInt8(ascii: "u")
    out[written + 2] = UInt8(ascii: "0")
    out[written + 3] = UInt8(ascii: "0")
    out[written + 4] = UInt8(ascii: "0") + byte >> 4
    let low = byte & 0xF
    out[written + 5] = low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10
    written += 6
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
