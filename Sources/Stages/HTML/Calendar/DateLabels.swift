import Bytes

/// Words beside a date that say what it is the date of, in the languages of most pages. They are
/// searched as parts of words, in small letters: "updat" finds "Last updated" and "Updates".
enum DateLabels {
  static func saysModified(_ text: some Collection<UInt8>) -> Bool { holds(modified, text) }

  static func saysPublished(_ text: some Collection<UInt8>) -> Bool { holds(published, text) }

  /// Whether the date is of a member of a forum or the like.
  static func isOfAnother(_ text: some Collection<UInt8>) -> Bool { holds(another, text) }

  private static func holds(_ words: [[UInt8]], _ text: some Collection<UInt8>) -> Bool {
    guard !text.isEmpty else { return false }
    let folded = Folding.folded(String(decoding: text, as: UTF8.self))
    return words.contains { word in
      var index = 0
      while let found = folded.index(of: word[0], from: index) {
        if folded.span.holds(word.span, at: found) { return true }
        index = found + 1
      }
      return false
    }
  }

  private static let modified = [
    "updat", "modif", "revis", "reviewed", "edited", "changed", "aktualis", "geändert",
    "überarbeitet", "actualiz", "actualis", "mis à jour", "mise à jour", "aggiornat", "atualiz",
    "bijgewerkt", "gewijzigd", "zaktualizowan", "aktualizac", "uppdater", "opdater", "oppdater",
    "päivitetty", "обновл", "изменен", "оновлен", "ενημερ", "τροποποι", "güncelle", "frissít",
    "módosít", "更新", "修改", "改訂", "수정", "업데이트", "تحديث",
  ].map(Folding.folded)

  private static let published = [
    "publish", "posted", "submitted", "veröffentlich", "erschienen", "publié", "paru le",
    "publicad", "publicat", "datum",
    "pubblicat", "opublikowan", "data publikacji", "dodano", "gepubliceerd", "geplaatst",
    "publicera", "publisert", "offentliggjort", "julkaistu", "опубликован", "дата публикации",
    "опубліковано", "δημοσι", "αναρτ", "yayın", "publikov", "zveřejněn", "megjelen", "közzétéve",
    "发布", "發布", "发表", "發表", "公開", "掲載", "投稿", "配信", "게시", "등록", "입력", "نشر",
  ].map(Folding.folded)

  private static let another = [
    "joined", "founded", "registered", "member since", "mitglied seit", "registriert",
    "beigetreten", "inscri", "registrad", "iscritto", "dołączył", "rejestracja", "lid geworden",
    "регистрация", "εγγραφή", "kayıt", "登録", "注册", "註冊", "가입",
  ].map(Folding.folded)
}
