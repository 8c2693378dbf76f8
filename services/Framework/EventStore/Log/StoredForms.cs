using System.Text.Json;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>The forms in which stores can contain a text.</summary>
public static class StoredForms
{
    /// <summary>
    /// Returns each text plain, as JSON escapes it now, and as older code escaped it, which escaped more.
    /// </summary>
    public static string[] Of(IEnumerable<string> texts) =>
        [.. texts.SelectMany(text => new[] { text, JsonEncodedText.Encode(text, PlainJson.Encoder).ToString(), JsonEncodedText.Encode(text).ToString() }).Distinct()];
}
