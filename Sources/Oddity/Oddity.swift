// The front door: `import Oddity` gives what a program needs to fit, score, save and judge a
// detector.
@_exported public import Datasets
@_exported public import Detectors
@_exported public import Evaluation
@_exported public import Images
@_exported public import ModelFiles
@_exported public import ModelSelection
@_exported public import NeuralNetworks
@_exported public import Preprocessing
@_exported public import Series
