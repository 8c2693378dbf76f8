using System.Text.Json;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Log;

/// <summary>How a text can stand in what is stored.</summary>
public static class StoredForms
{
    /// <summary>Each text as it is, as JSON holds it now, and as JSON of older code holds it: that escaped more.</summary>
    public static string[] Of(IEnumerable<string> texts) =>
        [.. texts.SelectMany(text => new[] { text, JsonEncodedText.Encode(text, PlainJson.Encoder).ToString(), JsonEncodedText.Encode(text).ToString() }).Distinct()];
}
