/// The settings of a method that learns from normal data what is odd.
///
/// Settings are values; what `fitted(to:…)` returns is a ``FittedDetector``, another type, so that nothing can
/// be scored before it was fitted.
public protocol Detector: Codable, Equatable, Sendable {
    /// What is fitted.
    associatedtype Fitted: FittedDetector where Fitted.Configuration == Self

    /// Settings with every default.
    init()
    /// The number of members, each trained without one part of the data.
    var folds: Int { get set }
    /// Where all random numbers come from: same seed, same data, same model.
    var seed: UInt64 { get set }

    /// Refuses settings that cannot be used.
    ///
    /// - Throws: ``DetectorError/invalidSetting(name:value:remedy:)``.
    func validate() throws
}

extension TableDetector: Detector {
    /// What is fitted.
    public typealias Fitted = FittedTableDetector
}

extension ImageDetector: Detector {
    /// What is fitted.
    public typealias Fitted = FittedImageDetector
}

extension SeriesDetector: Detector {
    /// What is fitted.
    public typealias Fitted = FittedSeriesDetector
}

/// Refuses a setting that cannot be used.
///
/// - Throws: ``DetectorError/invalidSetting(name:value:remedy:)`` where it is not sound.
func check(_ isSound: Bool, _ name: String, _ value: some Any, _ remedy: String) throws {
    guard !isSound else { return }
    throw DetectorError.invalidSetting(name: name, value: "\(value)", remedy: remedy)
}
