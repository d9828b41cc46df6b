/// A detector of odd images to be fitted: what it learns from images of normal things, and how.
///
/// An image is looked at in four ways, each learned from normal images alone:
/// - as a whole, by an autoencoder of the strengths of edges in 8 directions on a grid of about 7 × 7
///   cells, whatever the brightness and the contrast;
/// - part by part, by an autoencoder of patches of such cells, shared by all places of an image;
/// - point by point, by the distance of small patches of pixels from the usual ones;
/// - in its pixels, by an autoencoder of the image at 32 × 32 pixels or fewer, which also tells
///   what was expected.
///
/// The last may also be a ``ConvolutionalNetwork``, and may be used alone (``ImageMeasures/pixels``).
///
/// The patches' distances are compared with those of normal images at the same place, which gives
/// the heat map. The four measures are joined as logarithms of tail probabilities; where normal
/// images are aligned, all showing the same thing in the same place, the whole counts more,
/// otherwise the parts. Light hardly counts, unless an image is darker, brighter, or of less
/// contrast than normal images ever are.
///
/// Several members are trained, each without one fold of the images; what they make of the fold they
/// never saw calibrates the scores, as for ``TableDetector``.
///
///     let detector = try ImageDetector().fitted(to: images, shape: ImageShape(height: 28, width: 28))
///     for image in try detector.explained(of: newImages) where image.isAnomaly { … }
public struct ImageDetector: Sendable, Equatable, Codable {
    /// The number of members, each trained without one fold; 4 by default, at least 2.
    public var folds = 4
    /// The encoder's layers of the network of whole images, the code last; 256 and 64 by default.
    public var globalSizes: [Int] = [256, 64]
    /// The encoder's layers of the network of pooled pixels, the code last; 128 and 32 by default.
    public var pixelSizes: [Int] = [128, 32]
    /// The encoder's layers of the network of patches, the code last; 64 and 16 by default.
    public var patchSizes: [Int] = [64, 16]
    /// The network of pixels; dense, of ``pixelSizes``, by default.
    public var pixelNetwork = PixelNetwork.dense
    /// How the errors of an image's pixels become one measure; their mean by default.
    public var pixelScore = PixelScore()
    /// Which measures count; all four by default.
    public var measures = ImageMeasures.all
    /// Whether codes of images count; only what is not rebuilt does by default.
    public var scoring = ImageScoring.residual
    /// How far an image's code lies from the codes of training, where it counts; to the nearest of them by
    /// default.
    public var codeDistance = TableDetector.CodeDistance.nearest
    /// Training steps, of 64 images each, of the networks of whole images and of pooled pixels;
    /// 500 by default.
    ///
    /// The training ends with the epoch that is nearest to it, and keeps the epoch that is best on
    /// the fold. A ``ConvolutionalNetwork`` has steps of its own.
    public var steps = 500
    /// Training steps, of 256 patches each, of the network of patches; 1,000 by default.
    public var patchSteps = 1000
    /// The most patches of each kind that a member learns from; 40,000 by default.
    ///
    /// The images share them evenly; each gives at least one.
    public var patchCount = 40_000
    /// Where all random numbers come from: same seed, same images, same model.
    public var seed: UInt64 = 0

    /// The fewest images that a detector is fitted to, 10.
    public static let minimumImageCount = 10

    /// A detector with every setting at its default.
    public init() {}
}
