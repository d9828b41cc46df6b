public import OddityFailures

/// Why a detector cannot be fitted, or a model cannot be used.
public enum DetectorError: Failure, Equatable {
    /// Too few rows to train and to calibrate.
    case tooFewRows(count: Int, needed: Int)
    /// Too few images to train and to calibrate.
    case tooFewImages(count: Int, needed: Int)
    /// Too few newer rows, images or steps to measure scores against.
    case tooFewToRecalibrate(Int)
    /// Held-out rows cannot be weighed for another mix of some columns.
    case cannotWeigh(String)
    /// A setting has a value that cannot be used.
    case invalidSetting(name: String, value: String, remedy: String)
    /// Rows of features that cannot be learned from or scored.
    case unusableRows(String)
    /// Images that cannot be learned from or scored.
    case unusableImages(String)
    /// A network that was trained elsewhere and cannot be taken over.
    case unusableNetwork(String)
    /// What a streaming scorer remembered is of another detector.
    case foreignState
    /// A model is of another kind than the one that was asked for.
    case wrongKind(found: DetectorKind, expected: DetectorKind)
    /// A model file's parts do not belong together.
    case inconsistentModel(String)
    /// A model of the first release, which kept nothing of what its held-out data got.
    case keepsNoHeldOutScores
    /// A model does not reproduce the scores stored with its reference rows.
    case notReproduced(largestDifference: Double)
}

extension DetectorError: CustomStringConvertible {
    /// One line: what was wrong and how to fix it.
    public var description: String {
        switch self {
        case .tooFewRows(let count, let needed):
            "\(count) \(count == 1 ? "row is" : "rows are") too few to train and calibrate: give at "
                + "least \(needed) rows of normal data"
        case .tooFewImages(let count, let needed):
            "\(count) \(count == 1 ? "image is" : "images are") too few to train and calibrate: give "
                + "at least \(needed) images of normal things"
        case .tooFewToRecalibrate(let count):
            "\(count) \(count == 1 ? "score is" : "scores are") too few to say how rare a score is: give at least "
                + "\(Recalibration.minimumCount) rows, images or steps of newer normal data"
        case .cannotWeigh(let flaw): flaw
        case .invalidSetting(let name, let value, let remedy):
            "\(name) is \(value): \(remedy)"
        case .unusableRows(let flaw):
            "the features cannot be used: \(flaw); prepare the table first"
        case .unusableImages(let flaw):
            "the images cannot be used: \(flaw)"
        case .unusableNetwork(let flaw):
            "the network cannot be imported: \(flaw)"
        case .foreignState:
            "the saved state is of another model, or damaged: remove it to begin anew"
        case .wrongKind(let found, let expected):
            "this is a model of \(found.plural), and one of \(expected.plural) is needed"
        case .inconsistentModel(let flaw):
            "the model is damaged: \(flaw); fit it anew"
        case .keepsNoHeldOutScores:
            "the model was written by a release that kept no held-out scores to choose from; fit it anew"
        case .notReproduced(let difference):
            "the model does not reproduce its reference scores (off by \(difference)): it was "
                + "edited, or this build computes differently; fit it anew"
        }
    }
}

extension DetectorError {
    /// The caller for settings, else the data or the model.
    public var blame: Blame {
        switch self {
        case .invalidSetting: .caller
        case .tooFewRows, .tooFewImages, .tooFewToRecalibrate, .cannotWeigh, .unusableRows,
            .unusableImages, .unusableNetwork,
            .foreignState, .wrongKind,
            .inconsistentModel, .keepsNoHeldOutScores, .notReproduced:
            .data
        }
    }
}
