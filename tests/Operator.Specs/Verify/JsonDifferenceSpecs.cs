using ServerlessCqrs.Operating.Verify;

namespace ServerlessCqrs.Operator.Specs.Verify;

public sealed class JsonDifferenceSpecs
{
    [Fact]
    public void Paths_name_what_differs() => Assert.Equal(
        ["$.pricing.current: item 80, fold 90", "$.images[1]: item nothing, fold \"b\"", "$.name: item \"x\", fold nothing"],
        JsonDifference.Between(
            """{"pricing":{"current":80},"images":["a"],"name":"x"}""",
            """{"pricing":{"current":90},"images":["a","b"]}""",
            "item",
            "fold"));

    [Fact]
    public void Order_of_properties_and_digits_of_a_number_do_not_count() =>
        Assert.Empty(JsonDifference.Between("""{"a":1.0,"b":[null]}""", """{"b":[null],"a":1}""", "one", "other"));
}
