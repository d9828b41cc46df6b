internal import ArgumentParser
internal import OddityArrays
internal import OddityDatasets
internal import OddityDetectors
internal import OddityFiles
internal import OddityImages
internal import OddityModelFiles
internal import OddityModelSelection
internal import OddityNeuralNetworks
internal import OddityPreprocessing
internal import OdditySeries

/// How a command ends when it cannot do its work: one line on standard error and an exit code of
/// `sysexits.h`.
enum CommandFailure {
    static let usage = ExitCode(64)
    static let data = ExitCode(65)
    static let inputOutput = ExitCode(74)

    /// Runs the work of a command and turns errors into their line and exit code.
    ///
    /// - Parameter file: named in messages of errors that do not know their file.
    static func reporting<Value>(file: String? = nil, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as ExitCode {
            throw error
        } catch let error as ValidationError {
            throw error
        } catch {
            // Who closes a pipe has seen enough, and wants no complaint.
            if isBrokenPipe(error) { throw ExitCode.success }
            let code = exitCode(of: error)
            let text = "\(error)"
            let isLocated = knowsItsFile(error) || code == usage || file == nil
            Console.error("oddity: \(isLocated ? text : "\(shownPath(file ?? "")): \(text)")")
            throw code
        }
    }

    /// Who has to act: the caller (64), the maker of the data (65), or the system (74).
    private static func exitCode(of error: any Error) -> ExitCode {
        switch error {
        case let error as LocatedError:
            // A model's settings are no option of the caller's.
            exitCode(of: error.error) == inputOutput ? inputOutput : data
        case let error as DatasetError:
            switch error.code {
            case .unknownColumn, .conflictingOptions: usage
            default: error.category == .io ? inputOutput : data
            }
        case let error as ModelFileError: error.isInputOutput ? inputOutput : data
        case let error as ImageError:
            error.code == .invalidOption ? usage : error.category == .io ? inputOutput : data
        case is FileError: inputOutput
        case let error as SeriesError:
            error.code == .unknownColumn || error.code == .conflictingOptions ? usage : data
        case let error as ArrayError: error.category == .io ? inputOutput : data
        case SearchError.foreignJournal, SearchError.damagedJournal: inputOutput
        case DetectorError.invalidSetting, SearchError.invalidSetting, SearchError.missingLabels,
            PreparationError.invalidClipping,
            TrainingError.option, NetworkError.memory:
            usage
        default: data
        }
    }

    static func knowsItsFile(_ error: any Error) -> Bool {
        switch error {
        case let error as DatasetError: error.location != nil
        case let error as ImageError: error.file != nil
        case let error as SeriesError: error.location != nil
        case let error as ArrayError: error.file != nil
        case SearchError.foreignJournal, SearchError.damagedJournal, is ModelFileError, is FileError, is MisplacedFile,
            is LocatedError,
            is LabelProblem:
            true
        default: false
        }
    }

    private static func isBrokenPipe(_ error: any Error) -> Bool {
        switch error {
        case let error as DatasetError: error.code == .brokenPipe
        case let error as FileError: error.code == .brokenPipe
        default: false
        }
    }
}
