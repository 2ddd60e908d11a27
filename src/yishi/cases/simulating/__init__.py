"""An office that meets: the parts of the seeded simulation (`yishi.cases.simulation` is its door).

`stories` are generators: each tells one thread (an item, a sitting, a task) and yields what its
people do and when it goes on; `stage` takes the stories in turn; `office` is what all of them
know. What an office says and how it is in the habit of working is data: the YAML files here.
"""
