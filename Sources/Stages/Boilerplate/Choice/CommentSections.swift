import Bytes
import Pipeline

/// Finds the comments that readers left under a page's text, by the names of the elements around them.
/// Works beside any classifier: what it finds are elements, not blocks that look like comments.
struct CommentSections {
  /// For each element whether it is a comment or stands in one, and whether it is a form in it; empty if
  /// the page has no comments.
  private var isComment: [Bool] = []
  private var isForm: [Bool] = []
  /// Where the page's names mention comments: few elements have such a name.
  private var mentions: [Int] = []

  /// - Complexity: O(elements + bytes of names).
  private mutating func read(_ page: Page) {
    isComment.removeAll(keepingCapacity: true)
    isForm.removeAll(keepingCapacity: true)
    let names = page.names.span
    findMentions(names)
    guard !mentions.isEmpty else { return }
    var next = 0
    for element in page.elements {
      let parent = Int(element.parent)
      let range = Int(element.names.lowerBound)..<Int(element.names.upperBound)
      let own = names.extracting(range)
      let isInComment = parent >= 0 && isComment[parent]
      // Names stand in the order of the elements.
      while next < mentions.count, mentions[next] < range.lowerBound { next += 1 }
      let isMention = next < mentions.count && mentions[next] < range.upperBound
      isComment.append(
        isInComment || isMention && element.tag.canBeComment && CommentSections.isSection(own))
      isForm.append(
        parent >= 0 && isForm[parent] || element.tag == .form || element.tag == .nav
          || isInComment && CommentSections.isReplyForm(own))
    }
  }

  /// Notes the places of what begins one of the names of comments, or ends it: of two m, and of q, which
  /// is a rare letter.
  private mutating func findMentions(_ names: Span<UInt8>) {
    mentions.removeAll(keepingCapacity: true)
    var start = 0
    while start < names.count {
      // Seven places to look at, and the letter after the last.
      let eight = names.upToEightBytes(at: start) & 0x7F7F_7F7F_7F7F_7F7F
      let m = EightBytes.places(of: UInt8(ascii: "m"), in: eight)
      let q = EightBytes.places(of: UInt8(ascii: "q"), in: eight)
      var places = (m & m &>> 8 | q) & 0x0080_8080_8080_8080
      while places != 0 {
        let place = start &+ places.trailingZeroBitCount &>> 3
        if names.hasPrefix("comment", at: place - 2) || names.hasPrefix("disqus", at: place - 3) {
          mentions.append(place)
        }
        places &= places &- 1
      }
      start &+= 7
    }
  }

  /// Moves comments after the article that they are about, or removes them. If comments are most of the
  /// chosen text, they are not comments on something else but the posts of a thread; they stay as they are.
  mutating func settle(_ page: Page, _ chosen: inout [Int], keeps: Bool) {
    read(page)
    guard isComment.contains(true) else { return }
    var bytes = (article: 0, comments: 0)
    for index in chosen {
      let block = page.blocks[index]
      if holds(block) {
        bytes.comments += block.text.count
      } else {
        bytes.article += block.text.count
      }
    }
    guard bytes.article > bytes.comments else { return }
    chosen.removeAll { holds(page.blocks[$0]) }
    if keeps {
      for index in page.blocks.indices where isWritten(page.blocks[index]) { chosen.append(index) }
    }
  }

  /// Whether the block stands in a comment or belongs to the comments.
  private func holds(_ block: Page.Block) -> Bool { isComment[Int(block.element)] }

  /// Whether the block is what a reader wrote, as far as its place tells: no form, no row of links.
  private func isWritten(_ block: Page.Block) -> Bool {
    holds(block) && !isForm[Int(block.element)]
      && Double(block.linkBytes) <= CommentSections.largestLinkShare * Double(block.text.count)
  }

  /// Names and dates of comments are often links, but with more than this share "Reply" and "Share"
  /// prevail.
  private static let largestLinkShare = 0.7

  /// Whether one of the names calls the element a comment or a list of them. The word must begin the
  /// name, or end it as in `post-comments`: `has-comments` is said of articles.
  private static func isSection(_ names: Span<UInt8>) -> Bool {
    names.containsWord { name in
      // Nearly all names are done with after a look at their first and last letter.
      let (first, last) = (name.byte(at: 0), name.byte(at: name.count - 1))
      if first == UInt8(ascii: "c") && name.hasPrefix("comment", at: 0)
        || first == UInt8(ascii: "d") && name.hasPrefix("disqus", at: 0)
      {
        return !states.contains { name.hasPrefix($0, at: 0) }
      }
      return last == UInt8(ascii: "s") && name.hasPrefix("comments", at: name.count - 8)
        && !flags.contains { name.hasPrefix($0, at: 0) }
    }
  }

  /// Phrases that articles use to say whether there are comments and whether more may come.
  private static let states: [StaticString] = [
    "comments-open", "comments-closed", "comment-status",
  ]

  private static let flags: [StaticString] = ["has-", "no-", "with-", "show-", "hide-", "is-"]

  private static func isReplyForm(_ names: Span<UInt8>) -> Bool {
    names.containsWord { name in formNames.contains { name.hasPrefix($0, at: 0) } }
  }

  private static let formNames: [StaticString] = [
    "respond", "reply", "comment-reply", "comment-form", "commentform", "comment-respond",
  ]
}

extension Tag {
  /// An element that encloses a page's text is not a comment, whatever its name.
  fileprivate var canBeComment: Bool {
    self != .html && self != .body && self != .main
  }
}
