using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Amazon.DynamoDBv2.Model;

using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>
/// The part of DynamoDB's expressions that the shop uses: conditions with AND, OR, comparisons, attribute_exists,
/// attribute_not_exists and begins_with, and updates with SET, ADD and REMOVE.
/// </summary>
public sealed partial class DynamoExpressions(IReadOnlyDictionary<string, string>? names, IReadOnlyDictionary<string, AttributeValue>? values)
{
    private static readonly ConcurrentDictionary<string, string[]> Tokens = [];

    /// <summary>Returns true if the item meets the condition. Null is no condition.</summary>
    public bool Holds(string? condition, Item? item)
    {
        if (string.IsNullOrEmpty(condition)) return true;
        var tokens = new Queue<string>(TokensOf(condition));
        var holds = Any(tokens, item ?? []);
        return tokens.Count == 0 ? holds : throw new NotSupportedException(condition);
    }

    /// <summary>Returns the item after the update.</summary>
    public Item Updated(string update, Item item)
    {
        var next = new Item(item);
        var section = "";
        var tokens = new Queue<string>(TokensOf(update));
        while (tokens.Count > 0)
        {
            if (tokens.Peek() is "SET" or "ADD" or "REMOVE") section = tokens.Dequeue();
            var name = NameOf(tokens.Dequeue());
            switch (section)
            {
                case "SET":
                    Expect(tokens, "=");
                    next[name] = Operand(tokens, item) ?? throw new NotSupportedException(update);
                    break;
                case "ADD":
                    next[name] = Sum(item.GetValueOrDefault(name), Operand(tokens, item)!);
                    break;
                default:
                    next.Remove(name);
                    break;
            }

            if (tokens.TryPeek(out var comma) && comma == ",") tokens.Dequeue();
        }

        return next;
    }

    /// <summary>Returns the named attributes of the item, or all if null.</summary>
    public Item Projected(string? projection, Item item) =>
        projection is null ? new Item(item) : TokensOf(projection).Where(token => token != ",").Select(NameOf).Where(item.ContainsKey).ToDictionary(name => name, name => item[name]);

    /// <summary>Compares two values of the same type, and texts by their UTF-8 bytes.</summary>
    public static int Compare(AttributeValue one, AttributeValue other) => one switch
    {
        { N: { } number } => Number(number).CompareTo(Number(other.N)),
        { BOOL: { } isTrue } => isTrue.CompareTo(other.BOOL),
        { S: { } text } => System.Text.Encoding.UTF8.GetBytes(text).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(other.S)),
        _ => throw new NotSupportedException("Only numbers, texts and truth values are compared."),
    };

    private static string[] TokensOf(string expression) => Tokens.GetOrAdd(expression, static text => [.. Token().Matches(text).Select(match => match.Value)]);

    private static void Expect(Queue<string> tokens, string expected)
    {
        if (tokens.Dequeue() is var token && token != expected) throw new NotSupportedException($"{token} where {expected} is expected.");
    }

    private static AttributeValue Sum(AttributeValue? one, AttributeValue other) => other switch
    {
        { N: { } number } => new AttributeValue { N = (Number(one?.N ?? "0") + Number(number)).ToString(CultureInfo.InvariantCulture) },
        { SS: { Count: > 0 } texts } => new AttributeValue { SS = [.. (one?.SS ?? []).Union(texts)] },
        _ => throw new NotSupportedException("ADD takes numbers and sets."),
    };

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private bool Any(Queue<string> tokens, Item item)
    {
        var holds = All(tokens, item);
        while (tokens.TryPeek(out var or) && or == "OR")
        {
            tokens.Dequeue();
            holds |= All(tokens, item);
        }

        return holds;
    }

    private bool All(Queue<string> tokens, Item item)
    {
        var holds = One(tokens, item);
        while (tokens.TryPeek(out var and) && and == "AND")
        {
            tokens.Dequeue();
            holds &= One(tokens, item);
        }

        return holds;
    }

    private bool One(Queue<string> tokens, Item item)
    {
        switch (tokens.Peek())
        {
            case "(":
                tokens.Dequeue();
                var inner = Any(tokens, item);
                Expect(tokens, ")");
                return inner;
            case "NOT":
                tokens.Dequeue();
                return !One(tokens, item);
            case "attribute_exists" or "attribute_not_exists":
                var isThere = tokens.Dequeue() == "attribute_exists";
                Expect(tokens, "(");
                var name = NameOf(tokens.Dequeue());
                Expect(tokens, ")");
                return item.ContainsKey(name) == isThere;
            case "begins_with":
                tokens.Dequeue();
                Expect(tokens, "(");
                var text = Operand(tokens, item);
                Expect(tokens, ",");
                var start = Operand(tokens, item);
                Expect(tokens, ")");
                return text?.S?.StartsWith(start!.S, StringComparison.Ordinal) is true;
            default:
                var left = Operand(tokens, item);
                var comparison = tokens.Dequeue();
                var right = Operand(tokens, item);
                return left is not null && right is not null && Compares(left, comparison, right);
        }
    }

    private static bool Compares(AttributeValue left, string comparison, AttributeValue right) => comparison switch
    {
        "=" => Compare(left, right) == 0,
        "<>" => Compare(left, right) != 0,
        "<" => Compare(left, right) < 0,
        "<=" => Compare(left, right) <= 0,
        ">" => Compare(left, right) > 0,
        ">=" => Compare(left, right) >= 0,
        _ => throw new NotSupportedException(comparison),
    };

    private AttributeValue? Operand(Queue<string> tokens, Item item)
    {
        var token = tokens.Dequeue();
        if (token[0] == ':') return values![token];
        if (token != "if_not_exists") return item.GetValueOrDefault(NameOf(token));
        Expect(tokens, "(");
        var name = NameOf(tokens.Dequeue());
        Expect(tokens, ",");
        var otherwise = Operand(tokens, item);
        Expect(tokens, ")");
        return item.GetValueOrDefault(name) ?? otherwise;
    }

    private string NameOf(string token) => token[0] == '#' ? names![token] : token;

    [GeneratedRegex(@"[#:]?[A-Za-z0-9_.]+|<>|<=|>=|[=<>(),]")]
    private static partial Regex Token();
}
