#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// An image of a report, such as a strip of original, reconstruction and heat map.
public struct ReportedImage: Equatable, Sendable {
    /// What it shows, in a few words.
    public var caption: String
    /// The image as a PNG file.
    public var png: [UInt8]

    /// Describes an image.
    ///
    /// - Parameters:
    ///   - caption: What it shows, in a few words.
    ///   - png: The image as a PNG file.
    public init(caption: String, png: [UInt8]) {
        self.caption = caption
        self.png = png
    }
}

/// Images under one heading.
public struct ImageSection: Equatable, Sendable {
    /// The heading, such as “The oddest images”.
    public var title: String
    /// What the parts of an image are, from left to right, where it has several of equal width.
    public var parts: [String]
    /// The images, in order.
    public var images: [ReportedImage]

    /// Makes a section.
    ///
    /// - Parameters:
    ///   - title: The heading.
    ///   - parts: What the parts of an image are, from left to right; none by default.
    ///   - images: The images, in order.
    public init(title: String, parts: [String] = [], images: [ReportedImage]) {
        self.title = title
        self.parts = parts
        self.images = images
    }
}

extension Markup {
    /// Adds images under their captions; they are part of the page.
    mutating func addImages(_ section: ImageSection) {
        guard !section.images.isEmpty else { return }
        raw("<section>")
        element("h2", section.title)
        for image in section.images {
            raw("<figure class=\"image\"><figcaption>")
            escaped(Markup.cut(image.caption))
            raw("</figcaption><div class=\"strip\">")
            if !section.parts.isEmpty {
                raw("<div class=\"parts note\">")
                for part in section.parts { element("span", part) }
                raw("</div>")
            }
            raw("<img alt=\"\(Markup.escape(Markup.cut(image.caption)))\" src=\"")
            raw("data:image/png;base64,\(Data(image.png).base64EncodedString())\"/></div></figure>")
        }
        raw("</section>")
    }
}
