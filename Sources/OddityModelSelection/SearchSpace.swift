public import OddityDetectors

/// The settings that a search chooses from.
///
/// It has a list of values for each setting; every combination is a candidate, but for those that make no network.
public protocol SearchSpace: Codable, Equatable, Sendable {
    /// The detector whose settings they are.
    associatedtype Base: Detector

    /// The default space.
    init()
    /// The settings that are searched and how many values each has.
    var settings: [(name: String, valueCount: Int)] { get }
    /// A combination of values, put into a configuration.
    ///
    /// - Parameters:
    ///   - places: for each of ``settings`` the position of its value.
    ///   - base: where all other settings come from.
    /// - Returns: nil where the values do not go together.
    func configuration(at places: [Int], base: Base) -> Base?
}

extension SearchSpace {
    /// The number of combinations, before those that do not go together are left out.
    public var combinationCount: Int {
        settings.reduce(1) { product, setting in
            let (value, hasOverflow) = product.multipliedReportingOverflow(by: setting.valueCount)
            return hasOverflow ? .max : value
        }
    }

    /// A combination by its number, from 0 to below ``combinationCount``.
    func configuration(_ index: Int, base: Base) -> Base? {
        var rest = index
        let places = settings.map { setting in
            defer { rest /= setting.valueCount }
            return rest % setting.valueCount
        }
        return configuration(at: places, base: base)
    }
}
