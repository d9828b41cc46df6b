import OddityDatasets
import Testing

/// The code of the error that `body` throws, which must be one line with a fix; nil for none.
func code(_ body: () throws -> Void) -> TimeError.Code? {
    do {
        try body()
        return nil
    } catch let error as TimeError {
        #expect(error.message.contains(";") && !error.message.contains("\n"))
        return error.code
    } catch {
        Issue.record("\(error) is no error of times")
        return nil
    }
}
