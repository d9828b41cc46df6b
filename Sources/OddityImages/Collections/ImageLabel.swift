/// What the folders of a data set say of an image.
public struct ImageLabel: Hashable, Codable, Sendable {
    /// The name of the normal kind.
    public static let normalKind = "good"

    /// The names of folders of normal images, in lower case.
    public static let normalFolders = ["good", "ok", "normal"]

    /// `good`, or the kind of defect, which is the name of its folder.
    public let kind: String

    /// Makes a label.
    public init(kind: String) {
        self.kind = kind
    }

    /// Whether the image shows a defect.
    public var isAnomaly: Bool { kind != Self.normalKind }
}

/// The part of a data set that an image belongs to.
public enum ImagePart: String, Codable, CaseIterable, Sendable {
    /// To fit to: the folder `train`.
    case train
    /// The folder `validation`.
    case validation
    /// To evaluate with: the folder `test`.
    case test
}

/// An image that was passed over, and why.
public struct SkippedImage: Equatable, Sendable {
    /// The image's number in the collection.
    public let index: Int
    /// The image's name.
    public let name: String
    /// What is wrong with it.
    public let error: ImageError
}
