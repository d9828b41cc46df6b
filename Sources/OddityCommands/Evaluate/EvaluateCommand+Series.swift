internal import Detectors

extension EvaluateCommand {
    /// Judges a model on labelled series.
    func evaluateSeries(_ detector: FittedSeriesDetector) throws {
        fatalError("to come")
    }
}
