import Bytes
import Dispatch
import Synchronization
import Testing

@testable import Runner

@Suite struct InOrderTests {
  @Test(
    "values are handed on in order, whatever order they come in", arguments: 0..<20 as Range<UInt64>
  )
  func shuffled(seed: UInt64) throws {
    let numbers = (0..<50).sorted {
      Hash64.mix(UInt64($0), seed) < Hash64.mix(UInt64($1), seed)
    }
    let order = InOrder<Int>()
    var handed: [Int] = []
    for number in numbers { try order.submit(number, at: number) { handed.append($0) } }
    #expect(handed == Array(0..<50))
  }

  @Test("many threads may bring values; one at a time hands on")
  func threads() {
    let order = InOrder<Int>()
    let handed = Mutex<[Int]>([])
    let isBusy = Atomic<Bool>(false)
    DispatchQueue.concurrentPerform(iterations: 2000) { number in
      try? order.submit(number, at: number) { value in
        let wasBusy = isBusy.exchange(true, ordering: .acquiring)
        #expect(!wasBusy)
        handed.withLock { $0.append(value) }
        isBusy.store(false, ordering: .releasing)
      }
    }
    #expect(handed.withLock { $0 } == Array(0..<2000))
  }

  @Test("after a failure nothing is handed on any more")
  func failure() throws {
    struct Broken: Error {}
    let order = InOrder<Int>()
    #expect(throws: Broken.self) { try order.submit(0, at: 0) { _ in throw Broken() } }
    var handed: [Int] = []
    try order.submit(1, at: 1) { handed.append($0) }
    #expect(handed.isEmpty)
  }
}
