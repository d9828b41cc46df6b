// The front door: `import Oddity` gives what a program needs to fit, score, save and judge a
// detector.
@_exported public import OddityArrays
@_exported public import OddityDatabases
@_exported public import OddityDatasets
@_exported public import OddityDetectors
@_exported public import OddityEvaluation
@_exported public import OddityFailures
@_exported public import OddityFiles
@_exported public import OddityImages
@_exported public import OddityLinearAlgebra
@_exported public import OddityModelFiles
@_exported public import OddityModelSelection
@_exported public import OddityNeuralNetworks
@_exported public import OddityPreprocessing
@_exported public import OddityRecords
@_exported public import OddityReports
@_exported public import OdditySeries
