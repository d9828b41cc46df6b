public import OddityDetectors

/// A detector whose settings a ``Search`` can choose.
public protocol SearchableDetector: Detector {
    /// The settings to choose from.
    associatedtype Space: SearchSpace where Space.Base == Self
}

extension TableDetector: SearchableDetector {
    /// The settings to choose from.
    public typealias Space = TableSearchSpace
}

extension SeriesDetector: SearchableDetector {
    /// The settings to choose from.
    public typealias Space = SeriesSearchSpace
}
