public import OddityFailures

/// Why a search cannot be made.
public enum SearchError: Failure, Equatable {
    /// A setting has a value that cannot be used.
    case invalidSetting(name: String, value: String, remedy: String)
    /// Labelled rows lack a class.
    case tooFewLabels(anomalies: Int, normals: Int)
    /// The objective needs labelled rows, and none were given.
    case missingLabels
    /// The file of finished trials belongs to another search.
    case foreignJournal(path: String)
    /// The file of finished trials is none that a search wrote, or was changed since.
    case damagedJournal(path: String, flaw: String)
}

extension SearchError: CustomStringConvertible {
    /// One line: what was wrong and how to fix it.
    public var description: String {
        switch self {
        case .invalidSetting(let name, let value, let remedy): "\(name) is \(value): \(remedy)"
        case .tooFewLabels(let anomalies, let normals):
            "\(anomalies) anomalies and \(normals) normal rows are too few to choose by: both "
                + "kinds are needed, at least two of each where a part is set aside for the test"
        case .missingLabels: "choosing by detection needs labelled rows: give some"
        case .damagedJournal(let path, let flaw):
            "\(path): these are no finished trials of this version of a search, or they are damaged (\(flaw)): "
                + "remove the file, or name another"
        case .foreignJournal(let path):
            "\(path): these finished trials are of another search (other data or settings, or "
                + "another version): remove the file, or name another"
        }
    }
}

extension SearchError {
    /// The caller for settings, else the labels or the journal.
    public var blame: Blame {
        switch self {
        case .invalidSetting, .missingLabels: .caller
        case .tooFewLabels, .foreignJournal, .damagedJournal: .data
        }
    }

    /// Whether it is about a journal.
    public var namesItsFile: Bool {
        switch self {
        case .foreignJournal, .damagedJournal: true
        default: false
        }
    }
}
