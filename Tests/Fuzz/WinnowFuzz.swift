import ArgumentParser
import Bytes
import Runner
import TestSupport

/// Looks for inputs that break a promise: seeds changed at random, the same for the same number.
@main
struct WinnowFuzz: ParsableCommand {
  @Option(help: "What eats the inputs; default: all in turn.")
  var target: [String] = []

  @Option(help: "For how long.")
  var seconds = 60.0

  @Option(help: "How many rounds of each target at most.")
  var rounds = Int.max

  @Option(help: "The number of the first round.")
  var seed: UInt64 = 1

  func run() throws {
    let targets = Target.allCases.filter { target.isEmpty || target.contains($0.rawValue) }
    let seeds = try targets.map { try WinnowFuzz.seeds($0) }
    let started = Machine.elapsedSeconds
    var counts = targets.map { _ in 0 }
    var round = 0
    while round < rounds, Machine.elapsedSeconds - started < seconds {
      for (index, target) in targets.enumerated() {
        let number = seed &+ UInt64(round)
        let folder = try TemporaryFolder()
        do {
          // A crash leaves the folder behind.
          try target.run(number: number, seeds: seeds[index], in: folder)
        } catch {
          throw Finding("winnow-fuzz --target \(target) --seed \(number) --rounds 1: \(error)")
        }
        counts[index] += target.count
      }
      round += 1
    }
    for (target, count) in zip(targets, counts) { print("\(target): \(count)") }
  }

  private static func seeds(_ target: Target) throws -> [[UInt8]] {
    let folder =
      FileSystem.folder(of: FileSystem.folder(of: #filePath)) + "/Seeds/"
      + (target == .streams ? "pages" : target.rawValue)
    guard FileSystem.exists(folder) else { return [] }
    return try FileSystem.names(in: folder).map { try FileSystem.contents(of: folder + "/" + $0) }
  }
}
