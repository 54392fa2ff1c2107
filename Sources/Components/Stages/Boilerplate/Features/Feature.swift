import Pipeline

/// What is known of a block, one byte for each: the one list from which training and classifying take
/// names, order and meaning. A model file names the list that it was trained with.
enum Feature: Int, CaseIterable {
  // MARK: The block by itself

  /// Words; two letters of a script without spaces count as one.
  case words
  /// Eighths of a letter per word.
  case wordLength
  /// Share of the text in links.
  case linkShare
  /// Links that begin in the block.
  case links
  /// Paragraph, heading, list item, quotation, code, table row or caption, in this order.
  case kind
  /// 1 to 6 for headings.
  case headingLevel
  /// Sentences that end.
  case sentences
  /// Eighths of a word per sentence; 0 without a sentence.
  case sentenceLength
  /// Commas and semicolons.
  case commas
  /// Share of digits among letters and digits.
  case digitShare
  /// Share of capitals among letters.
  case capitalShare
  /// Marks that are no punctuation.
  case symbols
  /// Bars, bullets, arrows and slashes.
  case separators
  /// Signs of currencies.
  case currencies
  /// Line breaks.
  case lineBreaks
  /// What the first character is.
  case firstMark
  /// What the last character is.
  case lastMark
  /// Other blocks of the page with the same text.
  case copies
  /// Those that stand before it.
  case copiesBefore
  /// Whether the page hides it at first.
  case hidden
  /// Share of its words that stand in the page's title.
  case titleShare

  // MARK: Where it stands

  /// Blocks before it.
  case blocksBefore
  /// Blocks behind it.
  case blocksAfter
  /// Words before it.
  case wordsBefore
  /// Words behind it.
  case wordsAfter
  /// Share of the page's words before it.
  case wordPosition
  /// Share of the page's prose before it.
  case prosePosition
  /// Share of the page's blocks before it.
  case blockPosition
  /// Blocks since the first heading of level 1; 255 before it.
  case blocksSinceTitle
  /// Blocks since the last heading; 255 before the first.
  case blocksSinceHeading
  /// Words since the last heading.
  case wordsSinceHeading
  /// Level of the last heading.
  case headingRank
  /// Words of the last heading.
  case headingWords
  /// Blocks to the next heading; 255 behind the last.
  case blocksToHeading

  // MARK: What stands around it

  /// Words of the block before it.
  case previousWords
  /// Share of links in the block before it.
  case previousLinkShare
  /// Words of the block behind it.
  case nextWords
  /// Share of links in the block behind it.
  case nextLinkShare
  /// Words of the three blocks before and behind it.
  case wordsAround
  /// Share of links in these.
  case linkShareAround
  /// Words of prose in the six blocks before and behind it.
  case proseAround
  /// Words of prose in the ten blocks behind it.
  case proseBehind
  /// Blocks of its element.
  case blocksBeside
  /// Levels up to the root.
  case level

  // MARK: Share of the page's words in the elements around the block, from its own one upwards

  /// Share of the page's words in its element.
  case wordShare0
  /// Share of the page's words 1 level up.
  case wordShare1
  /// Share of the page's words 2 levels up.
  case wordShare2
  /// Share of the page's words 3 levels up.
  case wordShare3
  /// Share of the page's words 4 levels up.
  case wordShare4
  /// Share of the page's words 5 levels up.
  case wordShare5
  /// Share of the page's words 6 levels up.
  case wordShare6
  /// Share of the page's words 7 levels up.
  case wordShare7

  // MARK: Share of the page's prose in the elements around the block, from its own one upwards

  /// Share of the page's prose in its element.
  case proseShare0
  /// Share of the page's prose 1 level up.
  case proseShare1
  /// Share of the page's prose 2 levels up.
  case proseShare2
  /// Share of the page's prose 3 levels up.
  case proseShare3
  /// Share of the page's prose 4 levels up.
  case proseShare4
  /// Share of the page's prose 5 levels up.
  case proseShare5
  /// Share of the page's prose 6 levels up.
  case proseShare6
  /// Share of the page's prose 7 levels up.
  case proseShare7

  // MARK: Share of links in the text in the elements around the block, from its own one upwards

  /// Share of links in the text in its element.
  case linkDensity0
  /// Share of links in the text 1 level up.
  case linkDensity1
  /// Share of links in the text 2 levels up.
  case linkDensity2
  /// Share of links in the text 3 levels up.
  case linkDensity3
  /// Share of links in the text 4 levels up.
  case linkDensity4
  /// Share of links in the text 5 levels up.
  case linkDensity5
  /// Share of links in the text 6 levels up.
  case linkDensity6
  /// Share of links in the text 7 levels up.
  case linkDensity7

  // MARK: Where the prose is

  /// Levels up to one that holds it and the deepest element with half of the page's prose.
  case halfUp
  /// Levels down from there to the deepest element with half of the page's prose.
  case halfDown
  /// Levels up to one that holds it and the deepest element with 80 % of the page's prose.
  case mostUp
  /// Levels down from there to the deepest element with 80 % of the page's prose.
  case mostDown
  /// Levels up to one that holds it and the element in which prose outweighs the rest most.
  case bestUp
  /// Levels down from there to the element in which prose outweighs the rest most.
  case bestDown

  // MARK: Levels up to the nearest landmark; 255 for none

  /// Levels up to main.
  case mainAbove
  /// Levels up to article.
  case articleAbove
  /// Levels up to section.
  case sectionAbove
  /// Levels up to nav.
  case navAbove
  /// Levels up to aside.
  case asideAbove
  /// Levels up to header.
  case headerAbove
  /// Levels up to footer.
  case footerAbove
  /// Levels up to form or fieldset.
  case formAbove
  /// Levels up to table.
  case tableAbove
  /// Levels up to td or th.
  case cellAbove
  /// Levels up to ul, ol or menu.
  case listAbove
  /// Levels up to li.
  case itemAbove
  /// Levels up to dl, dt or dd.
  case definitionAbove
  /// Levels up to figure or figcaption.
  case figureAbove
  /// Levels up to blockquote.
  case quoteAbove
  /// Levels up to pre.
  case codeAbove
  /// Levels up to p.
  case paragraphAbove
  /// Levels up to div.
  case divisionAbove
  /// Levels up to details, dialog or summary.
  case detailsAbove
  /// Levels up to h1 to h6.
  case headingAbove
  /// Levels up to custom element.
  case customAbove
  /// Levels up to a name that speaks of navigation.
  case navigationNameAbove
  /// Levels up to a name that speaks of footer.
  case footerNameAbove
  /// Levels up to a name that speaks of sidebar.
  case sidebarNameAbove
  /// Levels up to a name that speaks of comments.
  case commentsNameAbove
  /// Levels up to a name that speaks of share.
  case shareNameAbove
  /// Levels up to a name that speaks of related.
  case relatedNameAbove
  /// Levels up to a name that speaks of advertisement.
  case advertisementNameAbove
  /// Levels up to a name that speaks of subscription.
  case subscriptionNameAbove
  /// Levels up to a name that speaks of overlay.
  case overlayNameAbove
  /// Levels up to a name that speaks of consent.
  case consentNameAbove

  // MARK: The repeated units that it is part of; 255 or 0 for none

  /// Levels up to the nearest unit.
  case unitLevel
  /// How many units the nearest unit is one of.
  case unitCount
  /// How many of them stand before the nearest unit.
  case unitOrdinal
  /// Share of the page's words in them.
  case unitWordShare
  /// Share of the page's prose in them.
  case unitProseShare
  /// Words per unit.
  case unitWords
  /// Levels up to the unit whose group holds most words.
  case wideLevel
  /// How many units the unit whose group holds most words is one of.
  case wideCount
  /// How many of them stand before the unit whose group holds most words.
  case wideOrdinal
  /// Share of the page's words in them.
  case wideWordShare
  /// Share of the page's prose in them.
  case wideProseShare
  /// Words per unit.
  case wideWords

  // MARK: What linear models say of it, 128 for nothing

  /// What tags and names of all elements around it suggest.
  case nameScore
  /// What those of the nearest three suggest.
  case nearNameScore
  /// What those of the others suggest.
  case farNameScore
  /// What its words and those of the heading above suggest.
  case wordScore
  /// The same of the block before it.
  case previousWordScore
  /// The same of the block behind it.
  case nextWordScore

  // MARK: The page

  /// Blocks of the page.
  case pageBlocks
  /// Words.
  case pageWords
  /// Words of prose.
  case pageProse
  /// Share of prose among the words.
  case pageProseShare
  /// Share of the text in links.
  case pageLinkShare
  /// Words of its longest block.
  case pageLongest
  /// Blocks in `p`.
  case pageParagraphs
  /// Blocks of prose.
  case pageProseBlocks
  /// Headings.
  case pageHeadings
  /// Headings of level 1.
  case pageTitles
  /// List items.
  case pageItems
  /// Table rows.
  case pageRows
  /// Blocks of code.
  case pageCode
  /// Links.
  case pageLinks
  /// Blocks with a sign of a currency.
  case pageCurrencies
  /// Elements `article`.
  case pageArticles
  /// Whether there is an element `main`.
  case pageHasMain
  /// Elements `form`.
  case pageForms
  /// Share of blocks that stand more than once.
  case pageCopies
  /// Share of the words in the deepest element with half of the prose.
  case pageHalfWordShare
  /// Share of the words in the element in which prose outweighs the rest most.
  case pageBestWordShare
  /// Share of the words in the largest group of units.
  case pageWideWordShare
  /// Units of that group.
  case pageWideCount
  /// Words per unit of that group.
  case pageWideWords
  /// Parts of the path of the page's address; 0 when unknown.
  case addressDepth
  /// Bytes of the path.
  case addressLength
  /// Digits in it.
  case addressDigits
  /// Hyphens and underscores in it.
  case addressHyphens
  /// Whether the address has a query.
  case addressHasQuery

  // MARK: What the page says of itself, 1 for yes

  /// `Page.Kinds.article`.
  case saysIsArticle
  /// `Page.Kinds.product`.
  case saysIsProduct
  /// `Page.Kinds.offer`.
  case saysIsOffer
  /// `Page.Kinds.list`.
  case saysIsList
  /// `Page.Kinds.collection`.
  case saysIsCollection
  /// `Page.Kinds.discussion`.
  case saysIsDiscussion
  /// `Page.Kinds.question`.
  case saysIsQuestion
  /// `Page.Kinds.answers`.
  case saysIsAnswers
  /// `Page.Kinds.instruction`.
  case saysIsInstruction
  /// `Page.Kinds.software`.
  case saysIsSoftware
  /// `Page.Kinds.business`.
  case saysIsBusiness
  /// `Page.Kinds.review`.
  case saysIsReview
  /// `Page.Kinds.openGraphArticle`.
  case saysIsOpenGraphArticle
  /// `Page.Kinds.openGraphProduct`.
  case saysIsOpenGraphProduct
  /// `Page.Kinds.openGraphSite`.
  case saysIsOpenGraphSite
}

extension Feature {
  /// Levels of elements around a block that have features of their own.
  static let elementLevels = 8

  /// Bits of `Page.Kinds`, each with a feature.
  static let kindCount = 15

  /// The tags of the landmarks, in the order of their features.
  static let landmarkTags: [[Tag]] = [
    [.main],
    [.article],
    [.section],
    [.nav],
    [.aside],
    [.header],
    [.footer],
    [.form, .fieldset],
    [.table],
    [.td, .th],
    [.ul, .ol, .menu],
    [.li],
    [.dl, .dt, .dd],
    [.figure, .figcaption],
    [.blockquote],
    [.pre],
    [.p],
    [.div],
    [.details, .dialog, .summary],
    [.h1, .h2, .h3, .h4, .h5, .h6],
    [.custom],
  ]
}
