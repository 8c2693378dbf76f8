namespace ServerlessCqrs.Topology;

/// <summary>The paths of the shop's page. <c>services/ShopWeb/src/routes.ts</c> has the same routes.</summary>
public static class ShopPage
{
    private const string SignedIn = "/shop/signed-in";

    public static StaticSite Site { get; } = new(
        "services/ShopWeb",
        Routes:
        [
            "/", "/shop/search", "/shop/products/*", "/shop/basket", "/shop/orders", "/shop/orders/*", "/shop/desk", "/shop/desk/*",
            "/shop/sign-in", SignedIn,
        ],
        SignedIn,
        Files: ["/favicon.svg"],
        ApiPaths:
        [
            "/products*", "/orders*", "/reviews*", "/users*", "/commands*", "/unsubscribe*", "/graphql*", "/health*", "/openapi*", "/docs*",
        ]);
}
