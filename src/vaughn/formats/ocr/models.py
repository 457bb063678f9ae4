"""The two neural networks that read a page: where lines of text are, and what a line says.

PP-OCRv6 small (Apache-2.0) out of the `rapidocr` wheel, run by OpenVINO, or by onnxruntime where that
is what is installed. Nothing is ever downloaded. Shapes are kept to a few sizes: OpenVINO keeps memory
for every shape it has met.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vaughn.model import ToolMissing

Floats = NDArray[np.float32]
Network = Callable[[Floats], Floats]

THREADS = 1  # a process each is cheaper than threads in one
# Measured on faxes of English pages: word F1 +.005 at .2; a Spanish page reads as before (tests/formats/ocr).
ACCENT_WEIGHT = 0.2
FOREIGN_WEIGHT = 0.02
_USUAL_MARKS = frozenset("“”‘’–—§¶•°®©™£€…½¼¾×÷±")
_ACCENTED = frozenset("áéíóúüñÁÉÍÓÚÜÑ¿¡àâçèêëîïôùûÀÂÇÈÊËÎÏÔÙÛãõÃÕòìÒÌäöÄÖßåÅøØæÆ")
_INSTALL = "Install it with: pip install 'vaughn[ocr]'"


@dataclass(frozen=True, slots=True)
class Models:
    """The loaded networks.

    Args:
        finder: Page picture in, probability of text for each pixel out.
        reader: Pictures of lines in, probability of each character for each column out.
        characters: What the reader's classes mean; class 0 is "no character".
        weights: How much a class counts beside another where the reader wavers.
    """

    finder: Network
    reader: Network
    characters: tuple[str, ...]
    weights: Floats


@cache
def loaded_models(runtime: str) -> Models:
    """Return the networks run by *runtime* (``openvino`` or ``onnxruntime``), loading them at the first call.

    Raises:
        ToolMissing: If the OCR package carries no models.
    """
    finder_file, reader_file = _model_files()
    if runtime == "openvino":
        return _with_openvino(finder_file, reader_file)
    return _with_onnxruntime(finder_file, reader_file)


def weights_of(characters: tuple[str, ...]) -> Floats:
    """Return how much each class counts where the reader wavers between several.

    The reader also knows Chinese and rare letters, and sees an accent in every speck of a fax. A letter of
    another script, or with an accent, must be that much surer; on a page that is written in them, it is.
    """
    weights = [_weight(character) for character in characters]
    return np.array([0.0, *weights[1:]], dtype=np.float32)


def _weight(character: str) -> float:
    if character.isascii() or character in _USUAL_MARKS:
        return 1.0
    return ACCENT_WEIGHT if character in _ACCENTED else FOREIGN_WEIGHT


def _model_files() -> tuple[Path, Path]:
    spec = importlib.util.find_spec("rapidocr")
    folder = Path(spec.origin).parent / "models" if spec and spec.origin else Path()
    finders, readers = sorted(folder.glob("*_det_*.onnx")), sorted(folder.glob("*_rec_*.onnx"))
    if not finders or not readers:
        raise ToolMissing("The OCR package carries no models.", hint=_INSTALL)
    return finders[-1], readers[-1]


def _with_openvino(finder_file: Path, reader_file: Path) -> Models:
    core = _openvino().Core()
    core.set_property("CPU", {"INFERENCE_NUM_THREADS": THREADS})
    reader = core.read_model(reader_file)
    characters = reader.get_rt_info()["framework"]["character"].value
    finder = _openvino_network(core, core.read_model(finder_file))
    return _models(finder, _openvino_network(core, reader), characters)


def _openvino() -> Any:
    """Return the OpenVINO package, kept from telling its maker that it was started.

    Importing it sends a message over the network unless its telemetry package cannot be found.
    """
    sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]
    return import_module("openvino")


def _openvino_network(core: Any, model: Any) -> Network:
    request = core.compile_model(model=model, device_name="CPU").create_infer_request()

    def run(batch: Floats) -> Floats:
        request.infer(inputs=[batch])
        return np.asarray(request.get_output_tensor().data)

    return run


def _with_onnxruntime(finder_file: Path, reader_file: Path) -> Models:
    runtime: Any = import_module("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = THREADS
    options.log_severity_level = 4
    providers = ["CPUExecutionProvider"]
    finder, reader = (runtime.InferenceSession(str(file), options, providers) for file in (finder_file, reader_file))
    characters = reader.get_modelmeta().custom_metadata_map["character"]
    return _models(_onnx_network(finder), _onnx_network(reader), characters)


def _onnx_network(session: Any) -> Network:
    name = session.get_inputs()[0].name

    def run(batch: Floats) -> Floats:
        return np.asarray(session.run(None, {name: batch})[0])

    return run


def _models(finder: Network, reader: Network, characters: str) -> Models:
    classes = ("", *characters.splitlines(), " ")
    return Models(finder, reader, classes, weights_of(classes))
