import Pipeline

/// How much of some blocks is chosen: what belongs together is kept if that is more than half.
struct Share {
  private(set) var bytes = 0
  private(set) var chosenBytes = 0

  init(of blocks: some Sequence<Int>, _ page: Page, _ isChosen: [Bool]) {
    for index in blocks {
      let count = page.blocks[index].text.count
      bytes += count
      if isChosen[index] { chosenBytes += count }
    }
  }

  var isMost: Bool { chosenBytes * 2 > bytes }
}
