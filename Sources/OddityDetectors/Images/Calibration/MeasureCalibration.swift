internal import OddityEvaluation

/// What one member measured of an image; larger is odder.
///
/// Where only pixels count, the rest is 0.
struct ImageMeasurements: Sendable, Equatable {
    /// The logarithm of the residual of the descriptor of the whole image.
    let global: Double
    /// The score of the map of structure patches.
    let structure: Double
    /// The score of the map of raw patches.
    let raw: Double
    /// The logarithm of the residual of the pooled pixels, as ``PixelScore`` sums it up.
    let pixels: Double
    /// The logarithm of the distance of the code; 0 where codes don't count.
    let code: Double
}

/// How the measures of held-out images are distributed, and how much each counts.
struct MeasureCalibration: Sendable, Equatable {
    /// From 0 to 1: how well the training images are aligned.
    let alignment: Double
    /// This and the next two are nil where only pixels count.
    let global: SurvivalFunction?
    let structure: SurvivalFunction?
    let raw: SurvivalFunction?
    let pixels: SurvivalFunction
    /// Nil where codes don't count.
    let code: SurvivalFunction?
    let scoring: ImageScoring

    init(
        alignment: Double,
        global: SurvivalFunction?,
        structure: SurvivalFunction?,
        raw: SurvivalFunction?,
        pixels: SurvivalFunction,
        code: SurvivalFunction?,
        scoring: ImageScoring
    ) {
        self.alignment = alignment
        self.global = global
        self.structure = structure
        self.raw = raw
        self.pixels = pixels
        self.code = code
        self.scoring = scoring
    }

    /// Learns from the measures of held-out images, one for each training image.
    init(_ heldOut: [ImageMeasurements], alignment: Double, configuration: ImageDetector) {
        let counted = configuration.measures
        func distribution(_ measure: (ImageMeasurements) -> Double) -> SurvivalFunction {
            SurvivalFunction(heldOut: heldOut.map(measure), minimumTailScale: TailScale.measure)
        }
        self.init(
            alignment: alignment,
            global: counted == .all ? distribution(\.global) : nil,
            structure: counted == .all ? distribution(\.structure) : nil,
            raw: counted == .all ? distribution(\.raw) : nil,
            pixels: distribution(\.pixels),
            code: configuration.scoring.usesCode ? distribution(\.code) : nil,
            scoring: configuration.scoring
        )
    }

    /// The weight of raw patches, where that of structure patches is 1.
    var rawWeight: Double { 1 - alignment }

    /// A member's surprise at an image: (½ + 3a) t(global) + t(structure) + (1 − a) t(raw) + a
    /// t(pixels), where t is −ln of the share of held-out images that reach a measure and a the
    /// alignment; t(pixels) where only pixels count.
    ///
    /// Where codes count, the mean of t(global) and t(code) stands for t(global), or t(code) itself
    /// (``ImageScoring``); so with t(pixels) where only pixels count.
    ///
    /// The weights were chosen by measurement: where all images show the same thing in the same
    /// place, the whole tells more, and the pixels of small patches less, than in textures.
    func surprise(of image: ImageMeasurements) -> Double {
        guard let global, let structure, let raw else {
            return -joined(pixels.logarithm(at: image.pixels), image)
        }
        return -(0.5 + 3 * alignment) * joined(global.logarithm(at: image.global), image)
            - structure.logarithm(at: image.structure)
            - rawWeight * raw.logarithm(at: image.raw)
            - alignment * pixels.logarithm(at: image.pixels)
    }

    /// The logarithm of the share of images that reach a residual, joined with that of the code.
    private func joined(_ residual: Double, _ image: ImageMeasurements) -> Double {
        guard let code else { return residual }
        let distance = code.logarithm(at: image.code)
        return scoring.usesResidual ? (residual + distance) / 2 : distance
    }
}
