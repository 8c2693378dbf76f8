using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Paging;

namespace ServerlessCqrs.Web.History;

/// <summary>Selects a page of a stream's history.</summary>
public sealed record HistoryParameters(
    string? Limit,
    string? Cursor)
{
    public static readonly string[] Names = ["limit", "cursor"];

    /// <summary>
    /// Returns the cursor of the page after that place. It encodes the place and not a count, so that concurrent
    /// commands neither repeat nor hide entries.
    /// </summary>
    public static string CursorOf(TrailPlace place) => string.Create(CultureInfo.InvariantCulture, $"{place.At.ToUnixTimeMilliseconds()}.{place.Version}.{(int)place.Status}.{place.CommandId:D}");

    public bool TryRead(StreamId stream, out (int Limit, TrailPlace? After) page, [NotNullWhen(false)] out Problem? problem)
    {
        page = (Pages.LimitOf(Limit) ?? 0, null);
        problem = null;
        if (page.Limit == 0) problem = Pages.LimitInvalid;
        else if (Cursor is not null && !TryRead(stream, Cursor, out page.After)) problem = Pages.CursorInvalid;
        return problem is null;
    }

    private static bool TryRead(StreamId stream, string cursor, out TrailPlace? place)
    {
        place = cursor.Split('.') is [var at, var version, var status, var command]
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var ended) && Enum.IsDefined((CommandStatus)ended)
            && Uuid.TryParse(command, out var id)
                ? new TrailPlace(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), stream, number, (CommandStatus)ended, id)
                : null;
        return place is not null;
    }
}
