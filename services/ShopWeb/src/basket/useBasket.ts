import { useSyncExternalStore } from "react";
import { basketLines, onBasket } from "./basket.ts";

export const useBasket = () => useSyncExternalStore(onBasket, basketLines);
