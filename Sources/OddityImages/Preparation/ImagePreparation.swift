public import OddityLinearAlgebra

/// Whether images are prepared with one channel or three.
public enum ImageColor: String, Codable, CaseIterable, Sendable {
    /// One channel; color becomes grey.
    case grey
    /// Three channels; grey is repeated.
    case color

    /// 1 or 3.
    public var channelCount: Int { self == .grey ? 1 : 3 }
}

/// What happens to an image whose sides have another ratio than the common size.
public enum ImageFraming: String, Codable, CaseIterable, Sendable {
    /// It is stretched, so that nothing of it is lost.
    case stretch
    /// It keeps its ratio, and what is too much at both ends of the longer side is cut off.
    case crop
}

/// How the numbers of images are scaled for a network.
public enum ImageNormalization: String, Codable, CaseIterable, Sendable {
    /// 0 to 1, as they are.
    case none
    /// Less the mean and divided by the standard deviation of the image, all channels together.
    case perImage
    /// The same for each channel of each image by itself.
    case perChannel
    /// The same with the mean and the standard deviation of each channel over all training images.
    case perDataset
}

/// An estimator that learns how to turn images into the rows of a network.
///
/// In this order, an image gets one or three channels and the common size, is cropped to its middle,
/// normalized, masked and cut into tiles; what is not asked for is left out. Without options:
///
/// - Channels are three if any training image has color (a palette counts as color), else one.
/// - The size stays if all training images have one of at most 64 pixels on the longer side. Else
///   the longer side becomes 64, and the ratio is that of the median width and the median height.
///   With tiles and without a size, images keep their own sizes.
public struct ImagePreparation: Codable, Equatable, Sendable {
    /// The longer side that images get when no size is given.
    public static let defaultLongerSide = 64

    /// The common size; nil follows the rule above.
    public var size: ImageSize?
    /// One channel or three; nil follows the rule above.
    public var color: ImageColor?
    /// What happens where ratios differ; stretched by default.
    public var framing: ImageFraming
    /// How pixels are weighted in a change of size; a triangle by default.
    public var filter: ResizeFilter
    /// The size of the middle to keep, after the change of size; nil keeps all.
    public var centerCrop: ImageSize?
    /// How numbers are scaled; not at all by default.
    public var normalization: ImageNormalization
    /// How many standard deviations either side of the mean make the range from 0 to 1, beyond which numbers
    /// are cut off; nil, the default, leaves normalized numbers as they are.
    ///
    /// With ``ImageNormalization/none`` it does nothing. A detector of images sets it to 4.
    public var deviationRange: Float?
    /// What to ignore, in an image like those to be prepared, whose size it takes; nil ignores nothing.
    public var mask: ImageMask?
    /// How to cut images; nil leaves them whole.
    public var tiling: ImageTiling?

    /// Makes an estimator.
    public init(
        size: ImageSize? = nil,
        color: ImageColor? = nil,
        framing: ImageFraming = .stretch,
        filter: ResizeFilter = .triangle,
        centerCrop: ImageSize? = nil,
        normalization: ImageNormalization = .none,
        deviationRange: Float? = nil,
        mask: ImageMask? = nil,
        tiling: ImageTiling? = nil
    ) {
        self.size = size
        self.color = color
        self.framing = framing
        self.filter = filter
        self.centerCrop = centerCrop
        self.normalization = normalization
        self.deviationRange = deviationRange
        self.mask = mask
        self.tiling = tiling
    }

    /// Learns from the training images of a collection; labels of defects are not read.
    ///
    /// Without options it reads headers only; a normalization of the data set decodes every image once.
    ///
    /// - Parameters:
    ///   - collection: The images, of which ``ImageCollection/trainingImages`` are used.
    ///   - threadCount: Threads to use; the result does not depend on it.
    /// - Throws: ``ImageError`` if an image cannot be read (unless such are skipped), there are none, or the
    ///   options contradict one another.
    public func fitted(
        to collection: ImageCollection,
        threadCount: Int = Parallel.availableThreadCount
    ) throws(ImageError) -> ImagePreparer {
        let images = try collection.trainingImages
        var (size, color) = (size, color)
        if color == nil || size == nil && tiling == nil {
            let survey = try images.survey(threadCount: threadCount)
            color = color ?? (survey.hasColor ? .color : .grey)
            if tiling == nil { size = size ?? Self.defaultSize(survey) }
        }
        let preparer = try ImagePreparer(
            size: size,
            color: color ?? .grey,
            framing: framing,
            filter: filter,
            centerCrop: centerCrop,
            normalization: normalization,
            deviationRange: deviationRange,
            mask: mask,
            tiling: tiling
        )
        guard normalization == .perDataset else { return preparer }
        return try preparer.normalized(to: images, threadCount: threadCount)
    }

    static func defaultSize(_ survey: ImageSurvey) -> ImageSize {
        if let size = survey.commonSize, size.longerSide <= defaultLongerSide { return size }
        let median = survey.commonSize ?? survey.medianSize
        let ratio = Double(defaultLongerSide) / Double(median.longerSide)
        return ImageSize(
            width: max(1, Int((Double(median.width) * ratio).rounded())),
            height: max(1, Int((Double(median.height) * ratio).rounded()))
        )
    }
}
