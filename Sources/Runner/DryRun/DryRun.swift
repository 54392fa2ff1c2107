public import Bytes
public import Pipeline
import State

/// What a run would do at its start, found out without writing anything.
///
/// Inputs, ledgers and the state are opened by the same code as in a run, the state only to be read.
public struct DryRun {
  /// What would be read and written, a line each.
  public private(set) var text = ""
  /// Everything that stands in the way; the run would fail at the first of these.
  public private(set) var problems: [any Error] = []

  private let definition: Definition
  private let stop: StopSignal

  /// - Parameter written: Further files that would be written, by what they are: `report`.
  public init(
    _ definition: Definition, written: [(name: String, path: String)], stop: StopSignal,
    acceptsChanges: Bool
  ) {
    self.definition = definition
    self.stop = stop
    let state = lookAtState(acceptsChanges: acceptsChanges)
    lookAtInputs(state?.checkpoints)
    text += "stages: "
    text +=
      definition.stages.isEmpty ? "none" : definition.stages.map(\.label).joined(separator: ", ")
    text += "\n"
    // Where the state is not to be had, nobody knows what outputs are called.
    guard let state else { return }
    lookAtLedgers(state.checkpoints)
    lookAtOutputs(state)
    for (name, path) in written { lookAt(path, named: name) }
    text += state.line
  }

  /// Notes what goes wrong as a problem.
  private mutating func trying(_ body: (inout Self) throws -> Void) {
    do { try body(&self) } catch { problems.append(error) }
  }

  // MARK: State

  private struct StateFound {
    /// Nil without a state directory, and for one that is not there yet.
    let checkpoints: Checkpoints?
    let start: RunStart
    let line: String
  }

  /// Nil when the state cannot be used.
  private mutating func lookAtState(acceptsChanges: Bool) -> StateFound? {
    guard let path = definition.run.state?.path else {
      return StateFound(
        checkpoints: nil, start: RunStart(moment: Machine.timestamp), line: "state: none\n")
    }
    let name = SystemPath.visible(path)
    do {
      guard
        let checkpoints = try Checkpoints(
          definition, acceptsChanges: acceptsChanges, onlyLooks: true)
      else { return nil }
      let done = checkpoints.resumed.map { counted($0.counts.inputsWritten, "document") }
      let what = done.map { "goes on after \($0)" } ?? "begins"
      return StateFound(
        checkpoints: checkpoints, start: checkpoints.start,
        line: "state: \(name), in which run \(checkpoints.run) \(what)\n")
    } catch StateError.missing {
      trying { _ in try FileSystem.checkFolder(path) }
      return StateFound(
        checkpoints: nil, start: RunStart(number: 1, moment: Machine.timestamp),
        line: "state: \(name), which is made; run 1 begins\n")
    } catch {
      problems.append(error)
      return nil
    }
  }

  // MARK: Parts of the definition

  private mutating func lookAtInputs(_ checkpoints: Checkpoints?) {
    trying { dry in
      let state = try checkpoints?.state(of: "input")
      for source in dry.definition.inputs {
        dry.text += "input: \(type(of: source).manual.name)\n"
        if let survey = try source.survey(state) { dry.text += survey.lines }
      }
      // What an interrupted run had begun must be there still.
      _ = try Inputs(
        dry.definition, stop: dry.stop, state: state, at: checkpoints?.resumed?.input)
    }
  }

  private mutating func lookAtLedgers(_ checkpoints: Checkpoints?) {
    trying { dry in
      for stage in dry.definition.stages where stage.isOrdered {
        _ = try LedgerBox(stage, try checkpoints?.state(of: stage.label))
      }
    }
  }

  private mutating func lookAtOutputs(_ state: StateFound) {
    let positions = state.checkpoints?.resumed?.outputs
    trying { dry in
      dry.text +=
        "output: \(try dry.definition.output.preview(for: state.start, at: positions?.output))\n"
    }
    guard let rejects = definition.rejects else {
      text += "rejects: only counted\n"
      return
    }
    trying { dry in
      dry.text += "rejects: \(try rejects.preview(for: state.start, at: positions?.rejects))\n"
    }
  }

  private mutating func lookAt(_ path: String, named name: String) {
    trying { dry in
      try FileSystem.checkWritable(path)
      dry.text += "\(name): \(SystemPath.visible(path))\n"
    }
  }
}
