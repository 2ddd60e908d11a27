"""What a telephone's camera sees of a screen: the code that a picture shows."""

import base64

import zxingcpp
from playwright.sync_api import Locator

DRAWN = """picture => {
  const [width, height] = [400, 400];
  const canvas = new OffscreenCanvas(width, height), pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0, width, height);
  const seen = pen.getImageData(0, 0, width, height).data;
  let grey = "";
  for (let i = 0; i < seen.length; i += 4) grey += String.fromCharCode(seen[i]);
  return btoa(grey);
}"""


def code_on(picture: Locator) -> str:
    """What the code says that a picture on a page shows; it has to be there to be read."""
    picture.evaluate("picture => picture.decode()")
    grey = memoryview(base64.b64decode(picture.evaluate(DRAWN))).cast("B", shape=[400, 400])
    (found,) = zxingcpp.read_barcodes(grey)
    return str(found.text)
