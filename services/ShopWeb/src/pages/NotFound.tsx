import { Link } from "wouter";
import { Empty } from "../parts/Empty.tsx";
import { useTitle } from "../parts/useTitle.ts";
import { routes } from "../routes.ts";

export function NotFoundPage() {
  useTitle("Not found");
  return (
    <Empty title="There is no such page" text="Check the address, or start at the catalogue.">
      <Link href={routes.catalogue} className="button quiet low">
        Show all products
      </Link>
    </Empty>
  );
}
