#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A picture of a report, such as a strip of original, reconstruction and heat map.
public struct ReportedPicture: Equatable, Sendable {
    /// What it shows, in a few words.
    public var caption: String
    /// The picture as a PNG file.
    public var png: [UInt8]

    /// Describes a picture.
    ///
    /// - Parameters:
    ///   - caption: What it shows, in a few words.
    ///   - png: The picture as a PNG file.
    public init(caption: String, png: [UInt8]) {
        self.caption = caption
        self.png = png
    }
}

/// Pictures under one heading.
public struct PictureSection: Equatable, Sendable {
    /// The heading, such as “The oddest pictures”.
    public var title: String
    /// The pictures, in order.
    public var pictures: [ReportedPicture]

    /// Makes a section.
    ///
    /// - Parameters:
    ///   - title: The heading.
    ///   - pictures: The pictures, in order.
    public init(title: String, pictures: [ReportedPicture]) {
        self.title = title
        self.pictures = pictures
    }
}

extension Markup {
    /// Adds pictures under their captions; they are part of the page.
    mutating func addPictures(_ section: PictureSection) {
        guard !section.pictures.isEmpty else { return }
        raw("<section>")
        element("h2", section.title)
        for picture in section.pictures {
            raw("<figure class=\"picture\"><figcaption>")
            escaped(Markup.cut(picture.caption))
            raw("</figcaption><img alt=\"\(Markup.escape(Markup.cut(picture.caption)))\" src=\"")
            raw("data:image/png;base64,\(Data(picture.png).base64EncodedString())\"/></figure>")
        }
        raw("</section>")
    }
}
