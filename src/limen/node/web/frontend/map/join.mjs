// Which shape of the atlas stands for which three-letter code. Codes are those of Doc 9303-3, section 5.

/** Shapes that the atlas gives no ISO number, by its name for them. They are drawn within the State whose code they get. */
export const SHAPES_WITHOUT_NUMBER = {
  "Kosovo": "RKS",
  "N. Cyprus": "CYP",
  "Somaliland": "SOM",
  "Indian Ocean Ter.": "CXR",
  "Siachen Glacier": "",
};

/** Codes without a shape of their own, and the shape that shows them. */
export const SHOWN_BY = {
  // Issuers whose code in documents differs from ISO 3166-1.
  D: "DEU", GBD: "GBR", GBN: "GBR", GBO: "GBR", GBP: "GBR", GBS: "GBR", UNK: "RKS",
  // Parts that the atlas draws within their State.
  GUF: "FRA", GLP: "FRA", MTQ: "FRA", REU: "FRA", MYT: "FRA", SJM: "NOR", BVT: "NOR", BES: "NLD", TKL: "NZL",
  CCK: "CXR", GIB: "GBR", UMI: "USA",
  // Former codes whose territory one State has today.
  BUR: "MMR", BYS: "BLR", DDR: "DEU", ROM: "ROU", TMP: "TLS", YMD: "YEM", ZAR: "COD", SUN: "RUS",
};
