using ServerlessCqrs.Web.OpenApi;

namespace ServerlessCqrs.QueryApi;

/// <summary>The shop's part of the OpenAPI document.</summary>
internal static class ShopDocument
{
    public static QueryDescription Description { get; } = new(
        "A product shop whose writes and reads are separate systems, joined by an event log. Every write is a command. 202 means that it is accepted. It is decided once and in order, and its status URL returns its one outcome. "
            + "Reads may be a moment behind, except with atLeastVersion. Errors are problem documents (RFC 9457) with a stable code.",
        QueryApiJson.Default,
        () => Open("commands.json"));

    /// <summary>Opens an embedded file.</summary>
    public static Stream Open(string file) =>
        typeof(ShopDocument).Assembly.GetManifestResourceStream(file)
        ?? throw new InvalidOperationException($"{file} is not embedded.");
}
