using System.Text;
using System.Text.RegularExpressions;
using ServerlessCqrs.Operating;
using ServerlessCqrs.Operator.Import;

namespace ServerlessCqrs.Operator.Specs.Import;

/// <summary>Mutates every single line of a catalogue. Each file must mean the same as before, or be refused with a line of the mutated entry.</summary>
public sealed partial class MutatedCatalogueSpecs
{
    private const string Catalogue = """
        - id: 6579c22f-be2b-444c-a52b-0116dd82df6c
          current_stock: 15
          name: Adventure-Ready Expedition Backpack
          category: accessories
          style: backpack
          description: Embark on your next outdoor journey with our rugged Adventure-Ready
            Expedition Backpack. This durable beige backpack features a robust harness system
            with black straps.
          price: 129.99
          image: 6579c22f-be2b-444c-a52b-0116dd82df6c.jpg
          gender_affinity: F
          where_visible: UI
        - id: 2e852905-c6f4-47db-802c-654013571922
          current_stock: 3
          name: 'Zen Desk Duo: Lucky Cat'
          category: home decor
          style: decorative
          description: "Capture the essence of sophistication with our Timeless Elegance
            Minimalist set, a statement of style."
          price: 10
          image: 2e852905.jpg
          where_visible: UI
          promoted: true
          aliases:
          - cat
          - plant
        - id: 4ec7ff5c-f70f-4984-b6c4-c7ef37cc0c09
          name: Bag
          category: bags
          description: Plain
          price: 5.50
        """;

    private static readonly string[] Lines = Catalogue.Split('\n');

    private static readonly CatalogueMapping Mapping = new(new CatalogueDefaults("USD", "WH_001", new Uri("https://images.example.com/")));

    /// <summary>Replacements for the value of a field. None is valid for that field.</summary>
    public static TheoryData<string> Values =>
    [
        "*base", "&base {0}", "!!str {0}", "!!binary aGVsbG8=", "! {0}", "!own {0}", "[{0}]", "{{a: {0}}}", "0x10", "0o17", "0b11", "010", "1_000", ".inf", "-.inf", ".nan", "1e400", "1e2", "+5", "5.", ".5",
        "10000.000000000000000000000000001", "99999999999999999999999999999999", "12:30", "190:20:30", "2026-01-31", "2026-01-31 12:00:00", "true", "No", "off",
    ];

    /// <summary>Mutations of a whole line, and whether the file may still mean the same.</summary>
    public static TheoryData<string> Structures =>
    [
        "merge key", "duplicate", "renamed key", "complex key", "tab indent", "second document", "end of document", "directive", "no dash", "extra dash", "no colon", "one space more", "one space less", "opening quote", "opening brace",
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_that_is_not_understood_is_refused_with_its_line(string value)
    {
        for (var i = 0; i < Lines.Length; i++)
        {
            if (Field().Match(Lines[i]) is not { Success: true } field || Lines.ElementAtOrDefault(i + 1)?.StartsWith("    ", StringComparison.Ordinal) == true) continue;
            // For a field that is not imported, only values that could have a meaning elsewhere are an error.
            if (IsLeftOut(field.Groups["name"].Value) && !value.Contains("base", StringComparison.Ordinal) && !value.StartsWith('!')) continue;
            var mutated = Lines.ToArray();
            mutated[i] = field.Groups["key"].Value + value.Replace("{0}", field.Groups["value"].Value, StringComparison.Ordinal).Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);

            var (items, faults, _) = Read(string.Join('\n', mutated));

            Assert.True(faults.Count > 0 && faults.All(line => line == i + 1 || EntryOf(i).Contains(line) && value is "*base"), $"line {i + 1} '{mutated[i]}': faults at {string.Join(", ", faults)}, {items.Count} items");
        }
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void A_mutated_line_means_the_same_or_is_refused_with_a_line_of_its_entry(string structure)
    {
        var refused = 0;
        for (var i = 0; i < Lines.Length; i++)
        {
            if (Mutate(structure, Lines[i]) is not { } line) continue;
            var mutated = Lines.ToArray();
            mutated[i] = line;

            var (items, faults, why) = Read(string.Join('\n', mutated));

            if (faults.Count > 0) refused++;
            if (faults.Count == 0) Assert.True(Same(items), $"line {i + 1} '{line}' changed the catalogue silently");
            else Assert.True(EntryOf(i).Contains(faults[0]) || faults[0] == EntryOf(i).Max() + 1, $"line {i + 1} '{line}': faults at {string.Join(", ", faults)}: {why}");
        }

        Assert.NotEqual(0, refused);
    }

    [Theory]
    [InlineData("\uFEFF")]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    [InlineData("\u0085")]
    [InlineData("\0")]
    [InlineData("\u0007")]
    [InlineData("a byte of Latin-1")]
    public void A_character_that_a_reader_would_replace_is_refused_with_its_line(string character)
    {
        for (var i = 1; i < Lines.Length; i++)
        {
            var mutated = Lines.ToArray();
            var isByte = character.Length > 1;
            mutated[i] = $"{mutated[i][..^2]}{(isByte ? "\u00E9" : character)}{mutated[i][^2..]}";

            var (_, faults, _) = Read(string.Join('\n', mutated), isByte ? Encoding.Latin1 : null);

            Assert.Equal([i + 1L], faults);
        }
    }

    [Fact]
    public void Line_ends_spaces_comments_and_a_byte_order_mark_change_nothing()
    {
        Assert.True(Same(Read(Catalogue).Items));
        Assert.True(Same(Read(Catalogue.ReplaceLineEndings("\r\n")).Items));
        Assert.True(Same(Read(Catalogue.ReplaceLineEndings("\r")).Items));
        Assert.True(Same(Read("\uFEFF" + Catalogue).Items));
        Assert.True(Same(Read("# A catalogue\n---\n" + Catalogue + "\n...\n# The end\n").Items));
        for (var i = 0; i < Lines.Length; i++)
        {
            var mutated = Lines.ToArray();
            mutated[i] += Field().IsMatch(Lines[i]) && Lines.ElementAtOrDefault(i + 1)?.StartsWith("    ", StringComparison.Ordinal) != true ? "   # a comment" : "  ";
            Assert.True(Same(Read(string.Join('\n', mutated)).Items), Lines[i]);
        }
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void A_file_that_is_not_utf_8_is_refused(string encoding) => Assert.Equal([1L], Read("\uFEFF" + Catalogue, Encoding.GetEncoding(encoding)).Faults);

    [Fact]
    public void File_in_latin_1_is_refused_with_its_line()
    {
        var line = Array.IndexOf(Lines, "  description: Plain") + 1;

        Assert.Equal([(long)line], Read(Catalogue.Replace("Plain", "Café", StringComparison.Ordinal), Encoding.Latin1).Faults);
    }

    [Fact]
    public void A_file_cut_anywhere_holds_whole_entries_or_is_refused()
    {
        for (var length = 0; length < Catalogue.Length; length++)
        {
            var (items, faults, _) = Read(Catalogue[..length]);

            // The truncated entry may look complete, because 129.9 may be a truncated 129.99. Every other entry is
            // unchanged.
            var complete = Ends().Count(end => end <= length);
            Assert.True(faults.Count > 0 || items.Count >= complete, $"{items.Count} of {complete} after {length} characters");
        }
    }

    [Fact]
    public void Deep_nesting_is_a_fault_and_not_a_crash()
    {
        var deep = string.Concat(Enumerable.Repeat('[', 900)) + string.Concat(Enumerable.Repeat(']', 900));

        var (items, faults, _) = Read($"- name: {deep}\n{Catalogue}");

        Assert.Equal([1L], faults);
        Assert.True(Same(items));
    }

    private static string? Mutate(string structure, string line)
    {
        var field = Field().Match(line);
        return structure switch
        {
            "merge key" when field.Success && !line.StartsWith('-') => $"  <<: {{name: Other}}\n{line}",
            "duplicate" when field.Success && !line.StartsWith('-') && !line.Contains("description", StringComparison.Ordinal) => $"{line}\n{line}",
            "renamed key" when field.Success => line.Replace(":", "x:", StringComparison.Ordinal),
            "complex key" when field.Success && !line.StartsWith('-') => $"  ? [{field.Groups["name"].Value}]\n  : {field.Groups["value"].Value}",
            "tab indent" when line.StartsWith(' ') => $"\t{line.TrimStart()}",
            "second document" => $"---\n{line}",
            "end of document" => $"...\n{line}",
            "directive" => $"%YAML 1.1\n{line}",
            "no dash" when line.StartsWith('-') => $" {line[1..]}",
            "extra dash" => $"- {line}",
            "no colon" when field.Success => line.Replace(":", "", StringComparison.Ordinal),
            "one space more" => $" {line}",
            "one space less" when line.StartsWith(' ') => line[1..],
            "opening quote" when field.Success && field.Groups["value"].Value is not ['"' or '\'', ..] => $"{field.Groups["key"].Value}\"{field.Groups["value"].Value}",
            "opening brace" when field.Success && !line.Contains("description", StringComparison.Ordinal) => $"{field.Groups["key"].Value}{{{field.Groups["value"].Value}",
            _ => null,
        };
    }

    private static bool IsLeftOut(string field) => CatalogueMapping.LeftOut.Contains(field);

    private static bool Same(IReadOnlyList<CatalogueProduct> items) => items.Select(Show).SequenceEqual(Read(Catalogue).Items.Select(Show));

    private static string Show(CatalogueProduct product) => $"{product.Stream} {System.Text.Json.JsonSerializer.Serialize(product.Command)} {product.PriceInFile}";

    /// <summary>Returns the lines (from 1) of the entry that contains a line.</summary>
    private static List<long> EntryOf(int line)
    {
        var starts = Enumerable.Range(0, Lines.Length).Where(i => Lines[i].StartsWith("- id", StringComparison.Ordinal)).Append(Lines.Length).ToList();
        var entry = starts.FindLastIndex(start => start <= line);
        // A mutation may add a line.
        return [.. Enumerable.Range(starts[entry], starts[entry + 1] - starts[entry] + 1).Select(i => i + 1L)];
    }

    private static IEnumerable<int> Ends() => Regex.Matches(Catalogue, @"\n(?=- id)").Select(match => match.Index).Append(Catalogue.Length);

    private static (IReadOnlyList<CatalogueProduct> Items, IReadOnlyList<long> Faults, string Why) Read(string yaml, Encoding? encoding = null)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, (encoding ?? new UTF8Encoding(false)).GetBytes(yaml));
            var catalogue = new ImportFile<CatalogueProduct>(file, Mapping.Map, CatalogueMapping.LeftOut);
            var survey = catalogue.Survey();
            return ([.. catalogue.Items()], [.. survey.Broken.Select(entry => entry.Line)], string.Join(" ", survey.Broken.Select(entry => entry.Reason)));
        }
        catch (OperatorException e) when (e.ExitCode == ExitCodes.NotGood)
        {
            return ([], [Line().Match(e.Message) is { Success: true } line ? long.Parse(line.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : 0], e.Message);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"^(?<key>[- ] (?<name>[a-z_]+): )(?<value>.+)$")]
    private static partial Regex Field();

    [GeneratedRegex(@"line (\d+)")]
    private static partial Regex Line();
}
