using PropertyManager.Domain.Configuration;

namespace PropertyManager.Domain.Tests.Configuration;

public sealed class RuleTreeFactsTests
{
    [Fact]
    public void CP_codes_are_found_wherever_a_behavior_counts_traffic()
    {
        var tree = Trees.Parse(
            """
            {
              "name": "default",
              "behaviors": [
                { "name": "cpCode", "options": { "value": { "id": 1 } } },
                { "name": "cpCode", "options": { "value": { "id": "2" } } },
                { "name": "cpCode", "options": { "value": 3 } },
                { "name": "setVariable", "options": { "value": { "id": 4 } } }
              ],
              "children": [
                {
                  "name": "Images",
                  "behaviors": [
                    { "name": "imageManager", "options": { "cpCodeOriginal": { "id": 5 }, "cpCodeTransformed": { "id": 0 }, "cpCodeOther": { "id": 7e3 }, "policySet": { "id": 6 } } }
                  ]
                }
              ]
            }
            """
        );

        Assert.Equal(
            [
                new(1, "/rules/behaviors/0/options/value", "default"),
                new(5, "/rules/children/0/behaviors/0/options/cpCodeOriginal", "default / Images"),
                new(7000, "/rules/children/0/behaviors/0/options/cpCodeOther", "default / Images"),
            ],
            RuleTreeFacts.CpCodes(tree)
        );
    }
}
