internal import Evaluation

/// What one member measured of a picture; larger is odder.
///
/// Where only pixels count, the rest is 0.
struct PictureMeasures: Sendable, Equatable {
    /// The logarithm of the residual of the descriptor of the whole picture.
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

/// How the measures of held-out pictures are distributed, and how much each counts.
struct MeasureCalibration: Sendable, Equatable {
    /// From 0 to 1: how well the training pictures are aligned.
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

    /// Learns from the measures of held-out pictures, one for each training picture.
    init(_ heldOut: [PictureMeasures], alignment: Double, configuration: ImageDetector) {
        let counted = configuration.measures
        func distribution(_ measure: (PictureMeasures) -> Double) -> SurvivalFunction {
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

    /// A member's surprise at a picture: (½ + 3a) t(global) + t(structure) + (1 − a) t(raw) + a
    /// t(pixels), where t is −ln of the share of held-out pictures that reach a measure and a the
    /// alignment; t(pixels) where only pixels count.
    ///
    /// Where codes count, the mean of t(global) and t(code) stands for t(global), or t(code) itself
    /// (``ImageScoring``); so with t(pixels) where only pixels count.
    ///
    /// The weights were chosen by measurement: where all pictures show the same thing in the same
    /// place, the whole tells more, and the pixels of small patches less, than in textures.
    func surprise(of picture: PictureMeasures) -> Double {
        guard let global, let structure, let raw else {
            return -joined(pixels.logarithm(at: picture.pixels), picture)
        }
        return -(0.5 + 3 * alignment) * joined(global.logarithm(at: picture.global), picture)
            - structure.logarithm(at: picture.structure)
            - rawWeight * raw.logarithm(at: picture.raw)
            - alignment * pixels.logarithm(at: picture.pixels)
    }

    /// The logarithm of the share of pictures that reach a residual, joined with that of the code.
    private func joined(_ residual: Double, _ picture: PictureMeasures) -> Double {
        guard let code else { return residual }
        let distance = code.logarithm(at: picture.code)
        return scoring.usesResidual ? (residual + distance) / 2 : distance
    }
}
