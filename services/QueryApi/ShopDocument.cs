using ServerlessCqrs.Web.OpenApi;

namespace ServerlessCqrs.QueryApi;

/// <summary>The shop's part of the OpenAPI document.</summary>
internal static class ShopDocument
{
    public static QueryDescription Description { get; } = new(
        "A product shop whose writes and reads are separate systems, joined by an event log. Every write is a command. 202 means that it is accepted. It is decided once and in order, and its status URL returns its one outcome. "
            + "Reads may be a moment behind, except with atLeastVersion. Errors are problem documents (RFC 9457) with a stable code.",
        QueryApiJson.Default,
        () => typeof(ShopDocument).Assembly.GetManifestResourceStream("commands.json") ?? throw new InvalidOperationException("commands.json is not embedded."));
}
