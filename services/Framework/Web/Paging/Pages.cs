using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Extensions;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Degradation;

namespace ServerlessCqrs.Web.Paging;

/// <summary>Lists are returned in pages: their maximum size, and the link to the next page.</summary>
public static class Pages
{
    public const int DefaultLimit = 20;

    public const int MaxLimit = 100;

    /// <summary>
    /// The maximum bytes of a page. A Lambda response has at most 6 MB
    /// (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html), as JSON that contains the body as a
    /// string. There each quote and backslash takes two bytes.
    /// </summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>More than a page takes besides its entries.</summary>
    private const int MaxCursor = 4 * 1024;

    public static Problem LimitInvalid { get; } = new(StatusCodes.Status400BadRequest, "limit_invalid", $"A page has 1 to {MaxLimit} entries.");

    public static Problem CursorInvalid { get; } = new(
        StatusCodes.Status400BadRequest,
        "cursor_invalid",
        "The cursor is invalid for this list. Start without a cursor.");

    /// <summary>Returns the number of entries per page, or null if the text is not a valid number.</summary>
    public static int? LimitOf(string? text, int max = MaxLimit, int otherwise = DefaultLimit) => text is null
        ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= max ? limit : null;

    /// <summary>
    /// Reads a page, and returns null if its cursor is not from the list. That is not a failure of the dependency, and
    /// must not open its circuit.
    /// </summary>
    /// <exception cref="DependencyAwayException">The page cannot be read.</exception>
    public static Task<TPage?> ReadPageAsync<TPage>(this Dependency dependency, Func<CancellationToken, Task<TPage>> read, CancellationToken ct)
        where TPage : class => dependency.CallAsync(token => ReadAsync(read, token), ct);

    /// <summary>Reads a page, and returns null if its cursor is not from the list.</summary>
    public static async Task<TPage?> ReadAsync<TPage>(Func<CancellationToken, Task<TPage>> read, CancellationToken ct)
        where TPage : class
    {
        try
        {
            return await read(ct);
        }
        catch (InvalidCursorException)
        {
            return null;
        }
    }

    /// <summary>
    /// Reads a page, and reads it again with a smaller limit if it exceeds <see cref="MaxBytes"/>. A single entry is
    /// always returned. Returns null if there is no page.
    /// </summary>
    /// <param name="read">Reads a page with this many entries in <c>items</c>, and the cursor of the next.</param>
    public static async Task<(TBody Body, byte[] Json)?> FitAsync<TBody>(int limit, JsonTypeInfo<TBody> type, Func<int, Task<TBody?>> read)
        where TBody : class
    {
        while (await read(limit) is { } body)
        {
            var json = PlainJson.WriteUtf8(body, type);
            if (json.Length <= MaxBytes || limit == 1) return (body, json);
            limit = Math.Clamp(FittingEntries(json), 1, limit - 1);
        }

        return null;
    }

    private static int FittingEntries(byte[] json)
    {
        using var page = JsonDocument.Parse(json);
        var (entries, bytes) = (0, MaxCursor);
        foreach (var entry in page.RootElement.GetProperty("items").EnumerateArray())
        {
            bytes += JsonMarshal.GetRawUtf8Value(entry).Length + 1;
            if (bytes > MaxBytes) break;
            entries++;
        }

        return entries;
    }

    /// <summary>A page for its caller only.</summary>
    public static IResult Private(byte[] json) => TypedResults.Bytes(json, "application/json; charset=utf-8");

    /// <summary>
    /// Adds a <c>Link</c> (RFC 8288) to the next page, if there is one: the same request with its cursor.
    /// </summary>
    public static void LinkNext(HttpContext http, string? next)
    {
        if (next is null) return;
        var query = new QueryBuilder(http.Request.Query
            .Where(parameter => parameter.Key != "cursor")
            .Select(parameter => KeyValuePair.Create(parameter.Key, parameter.Value.ToString()))
            .Append(KeyValuePair.Create("cursor", next)));
        http.Response.Headers.Link = $"<{http.Request.Path.ToUriComponent()}{query}>; rel=\"next\"";
    }
}
