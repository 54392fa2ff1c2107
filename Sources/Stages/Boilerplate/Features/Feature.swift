import Pipeline

/// The features of a block, one byte for each. Training and classifying take names and order from this one
/// list. A model file names the list that it was trained with. `meaning` describes each feature.
enum Feature: Int, CaseIterable {
  // MARK: The block by itself

  case words
  case wordLength
  case linkShare
  case links
  case kind
  case headingLevel
  case sentences
  case sentenceLength
  case commas
  case digitShare
  case capitalShare
  case symbols
  case separators
  case currencies
  case lineBreaks
  case firstMark
  case lastMark
  case copies
  case copiesBefore
  case hidden

  // MARK: Where it stands

  case blocksBefore
  case blocksAfter
  case wordsBefore
  case wordsAfter
  case wordPosition
  case prosePosition
  case blockPosition
  case blocksSinceTitle
  case blocksSinceHeading
  case headingRank
  case headingWords
  case blocksToHeading

  // MARK: What stands around it

  case previousWords
  case nextWords
  case nextLinkShare
  case linkShareAround
  case level

  // MARK: Share of the page's words in the elements around the block, from its own one upwards

  case wordShare0
  case wordShare1
  case wordShare2
  case wordShare3
  case wordShare4
  case wordShare5
  case wordShare6
  case wordShare7

  // MARK: Share of the page's prose in the elements around the block, from its own one upwards

  case proseShare0
  case proseShare1
  case proseShare2
  case proseShare3
  case proseShare4
  case proseShare5
  case proseShare6
  case proseShare7

  // MARK: Share of links in the text in the elements around the block, from its own one upwards

  case linkDensity0
  case linkDensity1
  case linkDensity2
  case linkDensity3
  case linkDensity4
  case linkDensity5
  case linkDensity6
  case linkDensity7

  // MARK: Where the prose is

  case halfUp
  case halfDown
  case mostUp
  case mostDown
  case bestUp
  case bestDown

  // MARK: Levels up to the nearest landmark; 255 for none

  case mainAbove
  case articleAbove
  case sectionAbove
  case navAbove
  case asideAbove
  case headerAbove
  case footerAbove
  case formAbove
  case tableAbove
  case cellAbove
  case listAbove
  case itemAbove
  case definitionAbove
  case figureAbove
  case quoteAbove
  case codeAbove
  case paragraphAbove
  case divisionAbove
  case detailsAbove
  case headingAbove
  case customAbove
  case navigationNameAbove
  case footerNameAbove
  case sidebarNameAbove
  case commentsNameAbove
  case shareNameAbove
  case relatedNameAbove
  case advertisementNameAbove
  case subscriptionNameAbove
  case overlayNameAbove
  case consentNameAbove

  // MARK: The repeated units that it is part of; 255 or 0 for none

  case unitLevel
  case unitCount
  case unitWordShare
  case unitProseShare
  case unitWords
  case wideLevel
  case wideCount
  case wideWordShare
  case wideProseShare
  case wideWords

  // MARK: The blocks in places of the same kind, itself included

  case slotCount
  case slotBefore
  case slotSpread
  case slotWordShare
  case slotProseShare
  case slotWords
  case slotLinkShare

  case unitLinkShare
  case unitLinks
  case wideLinkShare
  case wideLinks

  // MARK: Phrases that stand above or in front of what is not the page's own

  case phrase
  case phraseRest
  case headingPhrase
  case sectionPhrase
  case phraseAbove
  case phraseAboveKind
  case blocksSincePhrase
  case phraseBefore

  // MARK: Where its links lead, 1 for yes

  case linksToSharing
  case linksToTopic
  case linksToArticle
  case linksToHost
  case linksToPlace
  case linksToResponse
  case articleLinksAround
  case articleLinksBefore

  // MARK: The page's title and its article

  case titleShare
  case blocksSinceOwnTitle
  case ownTitleUp
  case ownTitleDown
  case titlesBefore
  case articlesBefore
  case articleProseShare

  // MARK: What linear models say of it, 128 for nothing

  case nameScore
  case nearNameScore
  case farNameScore
  case wordScore
  case previousWordScore
  case nextWordScore

  // MARK: The page

  case pageBlocks
  case pageWords
  case pageProse
  case pageProseShare
  case pageLinkShare
  case pageLongest
  case pageParagraphs
  case pageProseBlocks
  case pageHeadings
  case pageTitles
  case pageItems
  case pageRows
  case pageCode
  case pageLinks
  case pageCurrencies
  case pageArticles
  case pageHasMain
  case pageForms
  case pageCopies
  case pageHalfWordShare
  case pageBestWordShare
  case pageWideWordShare
  case pageWideCount
  case pageWideWords
  case pageHasOwnTitle
  case pageArticleProse
  case pagePhrases
  case pageCommentPhrases
  case pageArticleLinks
  case addressDepth
  case addressLength
  case addressDigits
  case addressHyphens
  case addressHasQuery

  // MARK: What the page says of itself, 1 for yes

  case saysIsArticle
  case saysIsProduct
  case saysIsOffer
  case saysIsList
  case saysIsCollection
  case saysIsDiscussion
  case saysIsQuestion
  case saysIsAnswers
  case saysIsInstruction
  case saysIsSoftware
  case saysIsBusiness
  case saysIsReview
  case saysIsOpenGraphArticle
  case saysIsOpenGraphProduct
  case saysIsOpenGraphSite

  // MARK: What the first trees say of it and of the blocks around it; only the second ones ask for these

  case firstScore
  case nextFirstScore
  case slotFirstScore
  case scoreMargin
  case scoreRank
  case contentBefore
  case purityAround

  // MARK: Share of words that are probably content in the elements around the block, from its own one upwards,
  // and of the page's probable content in its own

  case purity0
  case purity1
  case purity2
  case purity3
  case purity4
  case contentShare

  // MARK: Where the probable content is

  case contentHalfUp
  case contentHalfDown
  case contentBestUp
  case contentBestDown

  // MARK: The probable content in places of the same kind, and in the repeated units

  case slotPurity
  case slotContentShare
  case unitPurity
  case unitContentShare
  case unitOwnPurity
  case widePurity
  case wideContentShare
  case wideOwnPurity

  // MARK: The page by the first trees

  case pageMeasure
  case pageContentWords
  case pageKeptShare
}

extension Feature {
  /// Levels of elements around a block that have features of their own.
  static let elementLevels = 8
  /// And of those levels, the ones whose purity is a feature.
  static let purityLevels = 5

  /// From here on features are known only when the first trees have answered.
  static let firstOpinion = Feature.firstScore

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
