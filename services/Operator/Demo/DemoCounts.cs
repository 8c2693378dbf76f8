using System.Globalization;

namespace ServerlessCqrs.Operator.Demo;

/// <summary>Counts the results of the demo's requests. Thread-safe.</summary>
internal sealed class DemoCounts
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, int> _refusals = new(StringComparer.Ordinal);
    private readonly List<double> _times = [];
    private int _accepted, _refused, _failed;

    /// <param name="code">The refusal code; null for an accepted request.</param>
    public void Answered(string? code, TimeSpan took)
    {
        lock (_lock)
        {
            _times.Add(took.TotalMilliseconds);
            if (code is null)
            {
                _accepted++;
                return;
            }

            _refused++;
            _refusals[code] = _refusals.GetValueOrDefault(code) + 1;
        }
    }

    /// <summary>Counts a request without a response, or with a server error.</summary>
    public void Failed()
    {
        lock (_lock) _failed++;
    }

    /// <summary>Returns one line for a person. Its times are those since the previous line.</summary>
    public string Line(TimeSpan elapsed)
    {
        lock (_lock)
        {
            double[] sorted = [.. _times.Order()];
            _times.Clear();
            var median = sorted.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", p50 {sorted[sorted.Length / 2]:0} ms");
            return string.Create(CultureInfo.InvariantCulture, $@"{elapsed:hh\:mm\:ss}  {_accepted} accepted, {_refused} refused, {_failed} failed{median}");
        }
    }

    /// <summary>Returns the number of refusals by code, the most frequent first.</summary>
    public string Refusals()
    {
        lock (_lock) return _refusals.Count == 0 ? "none" : string.Join(", ", _refusals.OrderByDescending(one => one.Value).Select(one => $"{one.Key} {one.Value}"));
    }
}
