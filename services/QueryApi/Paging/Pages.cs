using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using ServerlessCqrs.Http;
using ServerlessCqrs.QueryApi.Degradation;
using ServerlessCqrs.ReadModels;

namespace ServerlessCqrs.QueryApi.Paging;

/// <summary>Lists come a page at a time: how long one may be, and how it leads to the next.</summary>
public static class Pages
{
    public const int DefaultLimit = 20;

    public const int MaxLimit = 100;

    public static Problem LimitInvalid { get; } = new(StatusCodes.Status400BadRequest, "limit_invalid", $"A page has 1 to {MaxLimit} entries.");

    public static Problem CursorInvalid { get; } = new(StatusCodes.Status400BadRequest, "cursor_invalid", "The cursor is not one that this list gave. Start again without one.");

    /// <summary>How many entries a page has; null where that is no such number.</summary>
    public static int? LimitOf(string? text, int max = MaxLimit, int otherwise = DefaultLimit) => text is null
        ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= max ? limit : null;

    /// <summary>A page; null where its cursor is not one of the list: that is no failure of what it is read from, and must not open its circuit.</summary>
    /// <exception cref="DependencyAwayException">It cannot be read.</exception>
    public static Task<TPage?> ReadPageAsync<TPage>(this Dependency dependency, Func<CancellationToken, Task<TPage>> read, CancellationToken ct)
        where TPage : class => dependency.CallAsync(token => ReadAsync(read, token), ct);

    /// <summary>A page; null where its cursor is not one of the list.</summary>
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

    /// <summary>Names the next page in <c>Link</c> (RFC 8288), where there is one: the same request with its cursor.</summary>
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
