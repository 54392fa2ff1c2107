/// Formats in which files are compressed. All of them are read; gzip and zstd are written, too.
public enum Compression: String, Sendable, CaseIterable {
  case none, gzip, zstd, bzip2, xz

  /// The format that a file's name speaks of.
  public init(ofFileNamed name: String) {
    self = Compression.allCases.first { $0.ending.map(name.hasSuffix) ?? false } ?? .none
  }

  /// The ending of the names of such files; nil for files that are not compressed.
  private var ending: String? {
    switch self {
    case .none: nil
    case .gzip: ".gz"
    case .zstd: ".zst"
    case .bzip2: ".bz2"
    case .xz: ".xz"
    }
  }

  /// A name without what speaks of compression: `pages.ndjson` for `pages.ndjson.zst`.
  public static func plainName(_ name: String) -> String {
    guard let ending = Compression(ofFileNamed: name).ending else { return name }
    return String(name.dropLast(ending.utf8.count))
  }

  /// The bytes such files begin with: RFC 1952, section 2.3.1, RFC 8878, sections 3.1.1 and 3.1.2, and The .xz
  /// File Format 1.1.0, section 2.1.1.1. A zstd file may begin with frames that hold no data; pzstd writes such
  /// files. In a bzip2 file the size of blocks is a digit, and a block or the end of the data follows.
  private var magics: [[ClosedRange<UInt8>]] {
    switch self {
    case .none: []
    case .gzip: [[0x1F...0x1F, 0x8B...0x8B]]
    case .zstd:
      [
        [0x28...0x28, 0xB5...0xB5, 0x2F...0x2F, 0xFD...0xFD],
        [0x50...0x5F, 0x2A...0x2A, 0x4D...0x4D, 0x18...0x18],
      ]
    case .bzip2:
      [[0x31, 0x41, 0x59], [0x17, 0x72, 0x45]].map { (mark: [UInt8]) in
        [0x42...0x42, 0x5A...0x5A, 0x68...0x68, 0x31...0x39] + mark.map { $0...$0 }
      }
    case .xz: [[0xFD...0xFD, 0x37...0x37, 0x7A...0x7A, 0x58...0x58, 0x5A...0x5A, 0x00...0x00]]
    }
  }

  /// The format of a file that begins with `bytes`; nil when they are too few to tell.
  static func format(beginning bytes: [UInt8]) -> Compression? {
    var isOpen = false
    for format in allCases {
      for magic in format.magics where zip(magic, bytes).allSatisfy({ $0.contains($1) }) {
        if bytes.count >= magic.count { return format }
        isOpen = true
      }
    }
    return isOpen ? nil : Compression.none
  }

  /// The levels that the format is written with; higher ones are smaller and slower.
  public var levels: ClosedRange<Int> {
    switch self {
    case .none, .bzip2, .xz: 0...0
    case .gzip: 1...9
    case .zstd: 1...19
    }
  }

  /// The level that the formats' own programs use by default.
  public var defaultLevel: Int {
    switch self {
    case .none, .bzip2, .xz: 0
    case .gzip: 6
    case .zstd: 3
    }
  }
}
