import Bytes

/// The names by which a page's title may mention its site, folded and without anything but letters and
/// digits, so that "The Port-Merrow Post" equals "theportmerrowpost" of an address.
struct SiteNames {
  private var names: [[UInt8]] = []

  init(site: String?, addresses: [AddressParts]) {
    if let site { names.append(SiteNames.squeezed(site)) }
    for address in addresses {
      names.append(SiteNames.squeezed(address.host))
      let labels = address.host.utf8.split(separator: UInt8(ascii: ".")).dropLast()
      for label in labels where !label.elementsEqual("www".utf8) {
        names.append(SiteNames.squeezed(Substring(label)))
      }
    }
    names.removeAll { $0.count < 2 }
  }

  /// Whether a part of a title is the site's name, or little more.
  func holds(_ part: some StringProtocol) -> Bool {
    let squeezed = SiteNames.squeezed(part)
    guard !squeezed.isEmpty else { return true }
    return names.contains { name in
      if name == squeezed { return true }
      // "Port Merrow Post" of "Port Merrow Post Online", and the other way round.
      let (short, long) = name.count < squeezed.count ? (name, squeezed) : (squeezed, name)
      return short.count >= 4 && long.count <= short.count * 3
        && (long.starts(with: short) || long.reversed().starts(with: short.reversed()))
    }
  }

  /// Whether a heading is the site's name and nothing else.
  func include(_ heading: String) -> Bool { names.contains(SiteNames.squeezed(heading)) }

  private static func squeezed(_ text: some StringProtocol) -> [UInt8] {
    Folding.folded(String(text)).filter { $0.isASCIILetter || $0.isASCIIDigit || $0 >= 0x80 }
  }
}
