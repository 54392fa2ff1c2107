import Pipeline

/// The numbers of the items of ordered lists.
struct ListNumbering {
  /// For each element its number if it is an item of an ordered list; -1 for all others.
  private var numbers: [Int32] = []

  /// Largest number of an item in Markdown (CommonMark, "list items").
  private static let largest: Int32 = 999_999_999

  /// - Complexity: O(elements of the page).
  init(_ page: Page) {
    numbers = [Int32](repeating: -1, count: page.elements.count)
    var given = page.markup.numbers[...]
    for (index, element) in page.elements.enumerated() {
      var own: Int32?
      while let number = given.first, number.element <= Int32(index) {
        if number.element == Int32(index) { own = number.value }
        given.removeFirst()
      }
      if element.tag == .ol {
        numbers[index] = own ?? 1
      } else if element.tag == .li, element.parent >= 0,
        page.elements[Int(element.parent)].tag == .ol
      {
        let number = own ?? numbers[Int(element.parent)]
        numbers[index] = number
        numbers[Int(element.parent)] = min(number, ListNumbering.largest - 1) + 1
      }
    }
    for (index, element) in page.elements.enumerated() where element.tag != .li {
      numbers[index] = -1
    }
  }

  /// The number of an item; nil if it has none.
  subscript(item: Int32) -> Int32? {
    let number = numbers[Int(item)]
    return number >= 0 ? number : nil
  }
}
