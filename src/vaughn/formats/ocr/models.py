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
_LATIN_RANGES = ((0x20, 0x24F), (0x1E00, 0x1EFF), (0x2000, 0x20BF), (0x2100, 0x218F), (0x2500, 0x27BF))
_INSTALL = "Install it with: pip install 'vaughn[ocr]'"


@dataclass(frozen=True, slots=True)
class Models:
    """The loaded networks.

    Args:
        finder: Page picture in, probability of text for each pixel out.
        reader: Pictures of lines in, probability of each character for each column out.
        characters: What the reader's classes mean; class 0 is "no character".
        weights: How much a class counts beside another where the reader wavers.
        every_script: Gives the same with a reader of all scripts, for pages this one cannot read; `None` if it can.
    """

    finder: Network
    reader: Network
    characters: tuple[str, ...]
    weights: Floats
    every_script: Callable[[], Models] | None = None


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
    """Return the networks with a reader of Latin letters: a tenth of its classes, and two thirds of the time.

    The other 17,000 classes, nearly all of them Chinese, are cut off the last layer.
    """
    core = _openvino().Core()
    core.set_property("CPU", {"INFERENCE_NUM_THREADS": THREADS})
    finder = _openvino_network(core, core.read_model(finder_file))
    whole = core.read_model(reader_file)
    classes = _classes(whole.get_rt_info()["framework"]["character"].value)
    kept = [number for number, character in enumerate(classes) if _is_latin(character)]
    latin = _openvino_network(core, _narrowed(whole, kept, len(classes)))

    @cache
    def every_script() -> Models:
        reader = _openvino_network(core, core.read_model(reader_file))
        return Models(finder, reader, classes, weights_of(classes))

    characters = tuple(classes[number] for number in kept)
    return Models(finder, latin, characters, weights_of(characters), every_script)


def _narrowed(model: Any, kept: list[int], classes: int) -> Any:
    """Return *model* with only the classes *kept* of *classes* in its last layer."""
    constant = _openvino().opset13.constant
    for node in model.get_ordered_ops():
        shape = node.get_output_partial_shape(0)
        if node.get_type_name() == "Constant" and len(shape) and shape[-1] == classes:
            values = np.ascontiguousarray(node.data[..., kept])
            node.output(0).replace(constant(values).output(0))
    model.validate_nodes_and_infer_types()
    return model


def _is_latin(character: str) -> bool:
    """Tell whether *character* belongs to texts in Latin letters: letters, marks, signs of currency, check boxes."""
    return not character or any(first <= ord(character[0]) <= last for first, last in _LATIN_RANGES)


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
    classes = _classes(characters)
    return Models(_onnx_network(finder), _onnx_network(reader), classes, weights_of(classes))


def _onnx_network(session: Any) -> Network:
    name = session.get_inputs()[0].name

    def run(batch: Floats) -> Floats:
        return np.asarray(session.run(None, {name: batch})[0])

    return run


def _classes(characters: str) -> tuple[str, ...]:
    return ("", *characters.splitlines(), " ")
