import Bytes
import Testing

@Suite struct ByteCountTests {
  @Test(
    "sizes are read as people write them",
    arguments: [
      ("0 B", 0), ("17 B", 17), ("64 KB", 64_000), ("64 KiB", 65_536), ("1 MB", 1_000_000),
      ("512 MiB", 536_870_912), ("1.5 GiB", 1_610_612_736), ("2GB", 2_000_000_000),
      ("1 TB", 1_000_000_000_000), ("3 TiB", 3_298_534_883_328), ("0.5 KiB", 512),
    ])
  func reading(text: String, bytes: Int) {
    #expect(ByteCount(text)?.bytes == bytes)
  }

  @Test(
    "all else is refused",
    arguments: [
      "", "5", " 5 B", "B", "MiB", "-1 B", "+1 B", "1e3 B", "1.2.3 B", ". B", "5 mib", "5 MIB",
      "5 Mb",
      "5 MiB ", "5 PiB", "٣ MiB", "5\tB", "5  B", "nan B", "inf B", "99999999 TiB",
      "9999999999999999999999 B",
    ])
  func refusal(text: String) {
    #expect(ByteCount(text) == nil)
  }

  @Test(
    "a size is written in the largest unit that divides it",
    arguments: [
      (0, "0 B"), (1, "1 B"), (1000, "1000 B"), (1024, "1 KiB"), (1536, "1536 B"),
      (65_536, "64 KiB"),
      (1 << 20, "1 MiB"), (512 << 20, "512 MiB"), (3 << 29, "1536 MiB"), (1 << 40, "1 TiB"),
      (1 << 50, "1024 TiB"),
    ])
  func writing(bytes: Int, text: String) {
    #expect(ByteCount(bytes: bytes).description == text)
    #expect(ByteCount(text)?.bytes == bytes)
  }

  @Test("sizes compare by bytes")
  func comparison() {
    #expect(ByteCount.kibibytes(1) > ByteCount(bytes: 1000))
    #expect(ByteCount.mebibytes(1024) == ByteCount.gibibytes(1))
  }
}
